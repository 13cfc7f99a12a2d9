"""The verbs that names of functions begin with, and their two moods. Knows nothing else of English.

A word that is not listed is taken for no verb, so that no wrong sentence is made of it.
"""

from functools import cache

_VERBS = """
abort accept acquire activate adapt add adjust advance aggregate align allocate allow analyse
analyze annotate append apply approve archive ask assemble assert assign attach audit authenticate
authorise authorize balance begin bind block blur boot bootstrap break broadcast browse build bump
calculate call cancel capture cast catch change check choose claim clamp classify clean cleanup
clear click clone close coerce collapse collect combine commit compact compare compile complete
compose compress compute concat concatenate configure confirm connect construct consume contain
convert copy correct count cover crawl create crop cut deactivate debug decline decode decompress
decorate decrease decrement decrypt deduce deduplicate define delay delegate delete deliver deny
deploy derive describe deserialise deserialize destroy detach detect determine diff disable discard
disconnect discover dispatch display dispose divide do double download drain draw drop dump
duplicate edit eject emit empty enable encode encrypt end enforce enqueue ensure enter enumerate
erase escape establish estimate evaluate evict examine exclude execute exit expand expect expire
explain export expose extend extract fail fetch fill filter finalise finalize find finish fire fit
fix flag flatten flip flush fold follow force forget fork format forward free freeze gather
generate get give go grab grant grow guard guess halt handle hash hide highlight hold identify
ignore import include increase increment infer inherit init initialise initialize inject insert
inspect install instantiate interpolate intersect invalidate invert invoke isolate iterate join
jump keep kill launch lead learn leave lift limit link list listen load locate lock log login
logout lookup lower maintain make manage map mark mask match measure merge migrate minimise
minimize mix mock modify monitor mount move multiply mutate name navigate negate negotiate
normalise normalize notify observe obtain offer omit open optimise optimize order output override
pack pad parse partition pass paste patch pause peek perform persist pick ping place play plot poll
pop populate post predict prefetch prepare prepend preserve press prevent print process produce
promote prompt propagate protect prove provide prune publish pull purge push put query queue quit
quote raise randomise randomize read rebuild receive recompute record recover redirect redo reduce
refresh refund refuse register reject release reload remove rename render reorder repair repeat
replace replay reply report request require reschedule reserve reset reshape resize resolve respond
restart restore restrict resume retain retrieve retry return reuse reveal reverse revert review
revoke rewind rewrite roll rotate round route run sample sanitise sanitize save scale scan schedule
score scrape scroll search seek select sell send separate serialise serialize serve set setup shift
ship show shrink shuffle shut sign signal simplify simulate skip slice sleep slugify solve sort
spawn split squash stack start stash stop store stream stringify strip subscribe substitute
subtract sum summarise summarize supply suppress suspend swap switch sync synchronise synchronize
tag take tell terminate test throw tick tie toggle tokenise tokenize touch trace track train
transfer transform translate transpose traverse trigger trim truncate try tune turn unbind undo
unescape unify uninstall unload unlock unmount unpack unquote unregister unset unsubscribe unwrap
update upgrade upload upsert use validate verify view visit wait walk warn wash watch wipe wrap
write yield zip
"""
# Those of them that are nouns as well.
_NOUNS = """
balance block bound change claim content copy count cover display document end estimate exit export
extract fill filter fit fix force format guard guess handle hash hold import index input label lead
limit link list log lookup map mark mask match measure mix mock move name offer open order output
pack patch pause place plot poll post process prompt query queue quote record release repeat replay
reply report request reserve reset result return reuse review roll route run sample scale schedule
score search set shape share shift ship show sign signal size slice sort split stack start state
stop stream sum supply switch tag test tick time title total touch trace track train transfer
transform try turn type update use value view visit wait watch wrap yield
"""
_IRREGULAR = {"do": "does", "go": "goes", "have": "has", "be": "is", "cleanup": "cleans up"}
_HISSING = ("s", "sh", "ch", "x", "z", "o")
_VOWELS = "aeiou"


@cache
def verbs() -> frozenset[str]:
    """The listed verbs, as they stand in names."""
    return frozenset(_VERBS.split())


@cache
def nouns() -> frozenset[str]:
    """The listed verbs that are nouns too, so that alone they may mean what a function gives."""
    return frozenset(_NOUNS.split())


@cache
def third_person(verb: str) -> str:
    """ "parse" → "parses", "fetch" → "fetches", "try" → "tries"."""
    if verb in _IRREGULAR:
        return _IRREGULAR[verb]
    if verb.endswith("y") and verb[-2:-1] not in _VOWELS:
        return verb[:-1] + "ies"
    if verb == "quit":
        return "quits"
    return verb + ("es" if verb.endswith(_HISSING) else "s")


@cache
def _bases() -> dict[str, str]:
    return {third_person(verb): verb for verb in verbs()}


def base_of(word: str) -> str:
    """ "parses" → "parse"; "" for a word that is no listed verb in the third person."""
    return _bases().get(word.lower(), "")
