"""What opens the doors of the demo, and of nothing else: shown on its entrance page, useless elsewhere.

The accounts of an invented territory exist only where the demo was loaded, which a real installation refuses.
"""

MOT_DE_PASSE = "territoire-fictif-2026"
CODE = "2718 2818"
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
