"""What a unit tells somebody: to add, to revise, to deliver by a stated time.

``cues`` reads the grammar of an order (which verb governs, what is nested, negated, done),
``features`` turns a unit into named facts, ``model`` weighs them. Training and measuring are
in ``train``, ``trials``, ``measure`` and ``card``; the rules are annotation.md section 2.
"""
