"""Events: what is reported to have happened between a subject and the world, and how far that can be trusted."""

from ui import shell

shell.enter()

from html import escape

import streamlit as st

from geo import units
from geo.events.standing import CITED, main_source, standing
from geo.i18n import country_name
from ui import (
    captions,
    events_absent,
    events_charts,
    events_choices,
    events_links,
    events_review,
    events_trust,
    params,
    take_away,
)
from ui.i18n import _, lang

of = standing()
events_choices.take(of)
if of is None or main_source(of) is None:
    st.html(
        f"<h1>{_('Events')} <small>{_('what is reported between subjects of Russia and other countries')}</small></h1>"
    )
    captions.refused()
    events_absent.draw(of)
else:
    choice = events_choices.controls(of)
    captions.refused()
    subject, found = units.name(choice.subject, lang()), events_trust.quality(choice)
    title = (
        _("Events: {subject} and {country}").format(subject=subject, country=country_name(choice.country, lang()))
        if choice.country
        else _("Events: {subject} and other countries").format(subject=subject)
    )
    checked = events_trust.is_checked(found)
    st.html(
        f"<h1>{escape(title)} <small>{escape(events_trust.said(found))}</small></h1>"
        f"{events_trust.in_figures(choice, found)}"
    )
    take_away.rests_on(lambda: [CITED[choice.source]], f"{title} ({events_trust.said(found)})")
    if events_choices.view() == "places":
        events_review.draw(choice)
    else:
        st.html(f"<h2>{escape(_('Reported cooperation and conflict'))}</h2>")
        events_charts.draw_shares(choice, found)
        events_charts.draw_table(choice, found)
        left, right = st.columns(2, gap="large")
        with left:
            st.html(f"<h2>{escape(_('Mean Goldstein score'))}</h2>")
            events_charts.draw_scores(choice, checked=checked)
        with right:
            st.html(f"<h2>{escape(_('Largest partners'))}</h2>")
            events_charts.draw_partners(choice, checked=checked)
        st.html(f"<h2>{escape(_('Beside ties and UN votes'))}</h2>")
        events_charts.draw_comparison(choice, checked=checked)
        events_links.draw(choice)
        st.html(f"<h2>{escape(_('What is loaded'))}</h2>")
        events_trust.draw_holdings(of, choice.rule, choice.subject)
params.write(events_choices.defaults(of))
take_away.menu()
