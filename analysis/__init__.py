"""Understanding what was said: engines propose themes and counts, an analyst corrects them, an outcome is drafted.

Floor: workshop. It knows the hall and what is below, no other workshop.
Door: `analysis.services`; engines are files in `analysis/engines/`. After an outcome is released nobody asks here.
"""
