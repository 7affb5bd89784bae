"""People in our care: who they are, in every script, and how they are found again.

A person stands apart from their cases. Names keep their original script beside the spelling of the passport, and
whoever is entrusted with a person is named in `Care`: nobody else finds or opens the file. What would hurt most is
sealed with a key of the person's own; without the key it is gone, in every backup too.
"""
