"""The relevance desk: where a merchant sets how the search orders, and sees what that does.

models      the setting's history, what is arranged by hand, judgements, runs of the lab
live        what searches read of it: a statement a second and process, whatever is asked
sliders     weights in a merchant's words
curation    pins and burials, with undo
judging     which product is how right for which search
lab         the present setting and a tried one, measured on what was judged
settings    saving, the history, going back
page, admin what the desk shows
"""
