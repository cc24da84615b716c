"""What all pages share: how they are kept safe, how they are drawn, in which language."""
