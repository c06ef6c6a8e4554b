"""How `vitrine-mini` is trained; `python -m demo.train` runs it.

photos.py views.py teacher.py    real photographs: labels, altered views, what a teacher sees
drawings.py captions.py facts.py drawn products: pictures, words, what the words claim
augment.py losses.py model.py    what is done to a batch; what is rewarded; the network
loop.py                          the steps, the checkpoints, the log
"""
