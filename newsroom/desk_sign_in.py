"""How people sign in to the desk: the settings of allauth and axes. Read by the settings, which take all of SETTINGS.

What is ours is in newsroom/accounts: the adapters, the second factor, lockouts, invitations, single sign-on.
"""

from datetime import timedelta

from newsroom import environment

PRODUCTION = environment.kind() == "production"
OIDC = environment.single_sign_on()

SETTINGS = {
    # Whether everybody at the desk must have a second factor. Production knows no other answer.
    "NEWSROOM_SECOND_FACTOR": PRODUCTION or environment.flag("NEWSROOM_SECOND_FACTOR"),
    # Whether the provider of single sign-on has asked for one itself, so that the desk need not.
    "NEWSROOM_OIDC_SECOND_FACTOR": bool(OIDC) and environment.flag("NEWSROOM_OIDC_SECOND_FACTOR"),
    "NEWSROOM_PROXIES": environment.number("NEWSROOM_PROXIES", 0),
    "NEWSROOM_OIDC_ORIGIN": OIDC.get("origin", ""),
    "LOGIN_URL": "account_login",
    "LOGIN_REDIRECT_URL": "admin:index",
    "AUTHENTICATION_BACKENDS": [
        "axes.backends.AxesStandaloneBackend",  # First, so that who is locked out is not even tried.
        "allauth.account.auth_backends.AuthenticationBackend",
    ],
    # Rate limits are counted in the cache: in the database, so that all processes count together.
    "CACHES": {
        "default": {
            "BACKEND": "django.core.cache.backends.db.DatabaseCache",
            "LOCATION": "newsroom_cache",
            "OPTIONS": {"MAX_ENTRIES": 10_000},
        }
    },
    # allauth: accounts.
    "ACCOUNT_ADAPTER": "newsroom.accounts.adapters.AccountAdapter",
    "ACCOUNT_LOGIN_METHODS": {"username", "email"},
    "ACCOUNT_SIGNUP_FIELDS": ["email*", "username*", "password1*", "password2*"],
    "ACCOUNT_EMAIL_VERIFICATION": "none",
    "ACCOUNT_EMAIL_NOTIFICATIONS": True,
    "ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS": False,
    "ACCOUNT_EMAIL_SUBJECT_PREFIX": "",
    "ACCOUNT_SESSION_REMEMBER": True,
    "ACCOUNT_LOGOUT_REDIRECT_URL": "account_login",
    "ACCOUNT_REAUTHENTICATION_METHODS": ("password", "mfa"),
    "ACCOUNT_DEFAULT_HTTP_PROTOCOL": "https" if PRODUCTION else "http",
    # Over any number of addresses; axes counts each name and address apart, and locks sooner.
    # Readers' challenges are counted by a digest of the day and the address (articles.public.challenges).
    "ACCOUNT_RATE_LIMITS": {
        "login_failed": "20/m/ip,20/5m/key",
        "challenge": "10/h/key,30/d/key",
        "challenge_sentence": "2/d/key",
    },
    # allauth: second factors.
    "MFA_ADAPTER": "newsroom.accounts.adapters.FactorAdapter",
    "MFA_SUPPORTED_TYPES": ["totp", "webauthn", "recovery_codes"],
    "MFA_PASSKEY_LOGIN_ENABLED": True,
    "MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN": not PRODUCTION,
    # A clock half a minute wrong is no reason to be shut out.
    "MFA_TOTP_TOLERANCE": 1,
    # Addresses are an administrator's: nobody adds one, so none is waiting to be verified.
    "MFA_ALLOW_UNVERIFIED_EMAIL": True,
    # allauth: single sign-on.
    "SOCIALACCOUNT_ADAPTER": "newsroom.accounts.adapters.SingleSignOnAdapter",
    "SOCIALACCOUNT_PROVIDERS": {"openid_connect": {"APPS": [OIDC["app"]]}} if OIDC else {},
    "SOCIALACCOUNT_REQUESTS_TIMEOUT": 5,
    # axes: who guesses is locked out for a while, by name and address together.
    "AXES_FAILURE_LIMIT": 5,
    "AXES_COOLOFF_TIME": timedelta(minutes=15),
    "AXES_LOCKOUT_PARAMETERS": [["username", "ip_address"]],
    "AXES_RESET_ON_SUCCESS": True,
    "AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT": False,
    "AXES_USERNAME_CALLABLE": "newsroom.accounts.lockouts.name_tried",
    "AXES_CLIENT_IP_CALLABLE": "newsroom.accounts.lockouts.address_of",
    "AXES_LOCKOUT_CALLABLE": "newsroom.accounts.lockouts.locked_out",
    "AXES_SENSITIVE_PARAMETERS": ["username", "login", "email", "ip_address", "csrfmiddlewaretoken", "next"],
    "AXES_DISABLE_ACCESS_LOG": True,  # Who signed in is in the audit log.
    "AXES_ENABLE_ADMIN": False,
    "AXES_VERBOSE": False,
}
