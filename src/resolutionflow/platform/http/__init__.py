"""The edge: middlewares (pure ASGI, so that streams can be stepped), problems, pages, text."""
