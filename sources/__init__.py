"""Sources and whoever stands behind them: publishers, speakers, snapshots, passages.

May import ``newsroom.{api, accounts, audit, core}``; never imports ``articles``, which imports it.
"""
