"""What every app may use: errors, public ids, work after commit, health, commands.

Imports nothing else of the project; everything may import it.
"""
