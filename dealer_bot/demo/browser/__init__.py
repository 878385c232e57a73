"""The demo in the browser: phones side by side, the store, switches of fate, a guided tour."""
