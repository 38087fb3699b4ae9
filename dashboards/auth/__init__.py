"""Who may see and do what on the board: accounts, sessions, OpenID Connect, and what every request passes first."""
