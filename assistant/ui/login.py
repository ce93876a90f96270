"""The page that asks for name and password."""

from __future__ import annotations

from html import escape

_PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Palimpsest</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><style>
:root {{ color-scheme: light dark; --paper: #f3eee4; --panel: #fbf8f2; --ink: #2a2521; --soft: #756b60;
  --line: #ddd3c4; --accent: #b8432c; --on: #fff }}
@media (prefers-color-scheme: dark) {{ :root {{ --paper: #171412; --panel: #211d1a; --ink: #ece4d8; --soft: #a2968a;
  --line: #38312b; --accent: #e06a4e; --on: #1a1210 }} }}
body {{ margin: 0; min-height: 100vh; display: grid; place-items: center; background: var(--paper);
  color: var(--ink); font: 16px/1.5 system-ui, sans-serif }}
form {{ width: min(20rem, calc(100vw - 4rem)); background: var(--panel); border: 1px solid var(--line);
  border-radius: 12px; padding: 2rem; display: grid; gap: 1rem }}
h1 {{ font: 1.6rem "Iowan Old Style", Palatino, Georgia, serif; margin: 0 }}
p {{ margin: 0; color: var(--soft) }} p.wrong {{ color: var(--accent) }} label {{ display: grid; gap: .25rem }}
input {{ font: inherit; padding: .6rem; border: 1px solid var(--line); border-radius: 8px; background: var(--paper);
  color: inherit }}
button {{ font: inherit; padding: .7rem; border: 0; border-radius: 8px; background: var(--accent); color: var(--on);
  cursor: pointer }}
</style></head><body><form method="post" action="{action}"><h1>Palimpsest</h1>{words}
<label>Name<input name="name" autocomplete="username" value="guest" required></label>
<label>Password<input name="password" type="password" autocomplete="current-password" autofocus required></label>
<button>Come in</button></form></body></html>"""


def login_page(action: str, wrong: bool = False) -> str:
    """HTML that posts name and password to `action`."""
    words = "<p>Whoever started this told you the password.</p>"
    if wrong:
        words = '<p class="wrong">That name and password do not belong together. Try again.</p>'
    return _PAGE.format(action=escape(action), words=words)
