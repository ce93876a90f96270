"""How the embedded model was made: the resumable training of its parts. Beside the product; nothing imports it."""
