"""The pages behind the links in ARM's mail."""
