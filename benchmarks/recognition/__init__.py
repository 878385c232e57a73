"""How well pictures are read: a generator of pictures, and a scorer."""
