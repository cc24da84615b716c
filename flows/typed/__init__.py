"""How each kind of answer is read; `flows.answers` is the way in."""
