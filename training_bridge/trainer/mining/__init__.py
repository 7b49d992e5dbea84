"""Hard-case mining: what each question did so far, what state that is, how often it comes again, in what order.

The paper says only: wrong samples are found first and oversampled later. Everything else here is ours and a setting.
Pure Python over the ledger; torch never appears.
"""
