"""Pages for people: server-rendered, whole without JavaScript, and live with it."""
