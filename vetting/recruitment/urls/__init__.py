"""The room's addresses, one module per group of pages; fixed words stand before `<uuid>`."""

from __future__ import annotations

from vetting.recruitment.urls import around, case, opinion, pool, rounds, work

urlpatterns = [
    *work.urlpatterns,
    *pool.urlpatterns,
    *around.urlpatterns,
    *rounds.urlpatterns,
    *opinion.urlpatterns,
    *case.urlpatterns,
]
