"""Where staff sign in and work on cases."""
