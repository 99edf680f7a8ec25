"""What opens the doors of the demo, and of nothing else: shown on its entrance page, useless elsewhere.

The doors open only where the site is a demo (COMMUNACCORD_DEMO), to accounts whose address reaches nobody; the demo is
not loaded beside a démarche on a real territory.
"""

MOT_DE_PASSE = "territoire-fictif-2026"
DOMAINE = ".example"
CODE = "2718 2818"
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
