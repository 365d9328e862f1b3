"""Every night by itself: when a night is due, what starts it on this host, and who is told when none came to an end."""
