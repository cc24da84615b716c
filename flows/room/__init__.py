"""A room: one facilitator, an organisation, and the few phones it has."""
