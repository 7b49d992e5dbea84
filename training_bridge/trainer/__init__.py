"""The trainer: pretraining, SFT, GRPO, hard-case mining, evaluation.

Belongs here: everything that needs torch. A run folder of files comes in, the same folder with results goes out.
Does not: Django, a database, credentials, calls to model endpoints, or an import of any other package of ours. The
folder is copied as it stands to another machine and run there as `python -m training_bridge.trainer`.
"""
