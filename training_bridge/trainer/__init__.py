"""The trainer: SFT, GRPO, mining, evaluation. A folder of files in, a folder of files out; no Django, no database."""
