"""How fast, as ratios: each figure is measured beside a yardstick in the same run, in turns, because machines differ.

python -m bench [--rounds tiny|quick|full] [COMPARISON …]
"""
