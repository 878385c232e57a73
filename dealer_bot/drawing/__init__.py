"""Pictures drawn in a process of their own: the libraries stay out of the bot."""
