"""What may become of a recruitment: some chosen so that everything is there to be seen, the rest drawn by weight."""

from __future__ import annotations

from dataclasses import dataclass, replace
from random import Random

from vetting.recruitment.demo.municipality import POSTS


@dataclass(frozen=True, slots=True)
class Plot:
    """How one recruitment goes. `until` is where the telling leaves it; `days` its length in working days, about."""

    post: str
    until: str = "closed"
    form: str = "permanent"
    places: int = 1
    finalists: int = 1
    days: int = 70
    from_manager: bool = False
    copied: bool = False
    conflict: str = ""
    """open (waits for the manager's manager), participates, excluded (an HR officer), replaced (the manager)."""
    paused: str = ""
    """open (on hold now), resumed."""
    deviation: str = ""
    """The check that gives something to assess about the first finalist."""
    ballots: tuple[str, ...] = ("supported",)
    """The first vote of each round about the first finalist."""
    after_no: str = ""
    """overruled, upheld (both after a lift), set_aside (the delegate decides against it)."""
    waiver: str = ""
    """proposed, in_force, lapsed, rejected, ended: what becomes of a waiver of the first finalist's references;
    deferred: they are taken after the start of a short engagement."""
    protected: bool = False
    withdraws: bool = False
    settles: bool = False
    board: str = ""
    permit: bool = False
    side_job: bool = False
    claim: str = ""
    renews: bool = False
    leaves: bool = False


# The order matters: a small demonstration has the first ones.
CHOSEN = (
    Plot("assistant", "selected", finalists=2, days=42),
    Plot("buyer", "requested", finalists=2, days=30, deviation="candidate_coi"),
    Plot("it_security", "half_given", days=32),
    Plot("social_worker", "returned", days=32, ballots=("returned",)),
    Plot("teacher", "started", days=75, withdraws=True, finalists=2),
    Plot("payments", "refused", days=34, ballots=("advised_against",)),
    Plot("housing_carer", "closed", places=3, finalists=5, days=85, withdraws=True),
    Plot("home_nurse", "cleared", days=36, permit=True),
    Plot("registrar", "to_assess", days=26, deviation="references"),
    Plot("childminder", "proposed", days=26, conflict="open"),
    Plot("home_carer", "waiting", finalists=2, days=26, protected=True),
    Plot("inspector", "cleared", days=38, ballots=("supported_conditions",)),
    # -- beyond a dozen
    Plot("aid_officer", "escalated", days=38, ballots=("advised_against",)),
    Plot("teacher_two", "draft", days=4),
    Plot("hvb_night", "draft", days=9),
    Plot("driver", "checking", days=32, waiver="lapsed"),
    Plot("buyer_head", "half_given", days=36),
    Plot("hvb_carer", "requested", days=30),
    Plot("gardener", "open", form="holiday_work", places=20, days=12, from_manager=True),
    Plot("pre_teacher", "open", days=22, paused="open"),
    Plot("host", "selected", days=48, waiver="in_force"),
    Plot("letting", "selected", days=46, board="company"),
    Plot("it_admin", "closed", days=110, ballots=("returned", "supported"), renews=True),
    Plot(
        "payments",
        "closed",
        days=104,
        ballots=("advised_against",),
        after_no="overruled",
        waiver="rejected",
    ),
    Plot("buyer", "cancelled", days=80, ballots=("advised_against",), after_no="upheld"),
    Plot("hr_specialist", "closed", days=95, conflict="excluded"),
    Plot("leisure_leader", "closed", days=75, conflict="participates"),
    Plot("lss_carer", "cancelled", days=28),
    Plot("assistant", "closed", form="fixed_term", days=300, leaves=True, copied=True),
    Plot("summer_leader", "closed", form="holiday_work", places=2, finalists=3, settles=True, days=80),
    Plot("headmaster", "started", form="acting_manager", days=70),
    Plot("housing_nurse", "started", form="agency", days=60),
    Plot("it_admin", "started", form="consultant", days=80, withdraws=True, finalists=2),
    Plot("childminder", "closed", form="trainee", days=65),
    Plot("gardener", "closed", form="labour_market", days=65, permit=True),
    Plot("leisure_leader", "closed", form="volunteer", days=60),
    Plot("home_carer", "closed", form="hourly_pool", places=2, finalists=2, days=75, side_job=True),
    Plot("social_worker", "closed", form="internal_move", days=98, waiver="ended"),
    Plot("caretaker", "closed", days=80, paused="resumed", from_manager=True, claim="claim"),
    Plot("water_engineer", "selected", days=60, deviation="company_roles"),
    Plot("hvb_carer", "closed", days=400, deviation="references", renews=True),
    Plot("buyer_head", "cleared", days=46, ballots=("supported",), waiver="in_force"),
    Plot("home_carer", "waived", finalists=3, days=26, waiver="proposed"),
    Plot("teacher", "requested", days=30),
    Plot("aid_officer", "requested", days=34, finalists=2, waiver="in_force"),
    Plot("childminder", "closed", days=72, conflict="replaced"),
    Plot("inspector", "closed", days=90, ballots=("advised_against",), after_no="set_aside"),
    Plot("hr_specialist", "guest_invited", days=30),
    Plot("home_carer", "selected", form="fixed_term", days=44, waiver="deferred"),
)

_FORMS = (("permanent", 62), ("fixed_term", 20), ("hourly_pool", 6), ("internal_move", 5), ("consultant", 2),
          ("agency", 2), ("trainee", 1), ("labour_market", 1), ("volunteer", 1))  # fmt: skip
_ENDS = (("closed", 86), ("cancelled", 9), ("started", 5))


def ordinary(random: Random) -> Plot:
    """One drawn by weight: most are simple and end as they should."""
    posts = [post for post in POSTS if post.weight]
    post = random.choices(posts, [post.weight for post in posts])[0]
    one = Plot(
        post.key,
        _drawn(random, _ENDS),
        _drawn(random, _FORMS),
        finalists=random.choices((1, 2, 3), (68, 25, 7))[0],
        from_manager=random.random() < 0.08,
        copied=random.random() < 0.15,
        paused="resumed" if random.random() < 0.03 else "",
        permit=random.random() < 0.04,
        side_job=random.random() < 0.07,
        protected=random.random() < 0.008,
        claim="claim" if random.random() < 0.004 else "",
        renews=random.random() < 0.15,
        leaves=random.random() < 0.08,
    )
    if random.random() < 0.04:
        one = replace(one, deviation=random.choice(("references", "id_check", "education")))
    if one.finalists > 1 and random.random() < 0.15:
        one = replace(one, withdraws=True)
    elif one.finalists > 1 and random.random() < 0.1:
        one = replace(one, places=2)
    if post.level >= 3:
        rounds = random.choices(
            (("supported",), ("supported_conditions",), ("returned", "supported"), ("advised_against",)),
            (82, 8, 7, 3),
        )[0]
        one = replace(one, ballots=rounds, after_no=random.choice(("overruled", "upheld")))
    return one


def _drawn(random: Random, weighted: tuple[tuple[str, int], ...]) -> str:
    return random.choices([name for name, _ in weighted], [weight for _, weight in weighted])[0]
