"""How partners are told of what changes. Read by the settings, which take all of SETTINGS.

=========================== ==================================================================================
NEWSROOM_WEBHOOK_NETWORKS   networks (CIDR) besides the public web that webhooks may go to, separated by commas
NEWSROOM_REMIND_AFTER       hours after which a partner who has not taken over what was set right, or taken away, is
                            reminded without anybody pressing a button (default 24; 0: never)
NEWSROOM_SILENT_AFTER       hours beyond the longest pause a partner used to make, after which its silence is noticed
                            (default 24: who fetches daily is missed after two days)
NEWSROOM_WEBSUB_HUB         ``https://…`` of the hub (WebSub) that our feeds name and that is told of news; unset: none
=========================== ==================================================================================
"""

from newsroom import environment

SETTINGS = {
    "NEWSROOM_WEBSUB_HUB": next(iter(environment.addresses("NEWSROOM_WEBSUB_HUB")), ""),
    "NEWSROOM_WEBHOOK_NETWORKS": environment.words("NEWSROOM_WEBHOOK_NETWORKS"),
    "NEWSROOM_REMIND_AFTER": environment.number("NEWSROOM_REMIND_AFTER", 24),
    "NEWSROOM_SILENT_AFTER": environment.number("NEWSROOM_SILENT_AFTER", 24),
}
