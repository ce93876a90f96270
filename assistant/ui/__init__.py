"""The page: Gradio lives here and in app.py only."""
