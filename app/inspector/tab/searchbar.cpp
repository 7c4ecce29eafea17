// SPDX-License-Identifier: MIT
#include "searchbar.h"

#include "look/foreigntext.h"
#include "look/format.h"
#include "look/theme.h"
#include "searchline.h"

#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QProgressBar>
#include <QtWidgets/QPushButton>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Sojourn::Inspector {

SearchBar::SearchBar(SessionModel *model, QWidget *parent) : QWidget(parent), m_model(model)
{
    m_line = new SearchLine;
    m_line->setObjectName("search"_L1);
    m_line->setPlaceholderText(tr("Search: a user, a key, a cookie, role=admin, size>10k, seen<5m, around:15:00, \"text\""));
    m_line->setAccessibleName(tr("Search"));
    m_line->setToolTip(tr("ann or user:ann – sessions of this user, with those that ended lately\n"
                          "key:WQ1a – whose key begins so; a whole key or a cookie as it is\n"
                          "role=admin, cart.total>=100, has:role – by attributes\n"
                          "size>10k, attributes>50, seen<5m, created>2d, ends<1h – by what the store knows\n"
                          "around:15:00 – that lived then; is:ended – by state\n"
                          "\"some text\" – in names and values of attributes\n"
                          "Up and down call back what was searched before."));
    connect(m_line, &QLineEdit::textChanged, &m_delay, qOverload<>(&QTimer::start));
    connect(m_line, &QLineEdit::returnPressed, this, [this] { apply(Typing::Ends); });
    connect(m_line, &SearchLine::entered, this, &SearchBar::findNames);
    m_delay.setSingleShot(true);
    m_delay.setInterval(250ms);
    connect(&m_delay, &QTimer::timeout, this, [this] { apply(Typing::GoesOn); });

    m_deadlines = new QPushButton;
    m_deadlines->setObjectName("deadlines"_L1);
    m_deadlines->setIcon(Theme::icon(u"close"_s));
    connect(m_deadlines, &QPushButton::clicked, this, [this] {
        SessionFilter filter = m_filter;
        filter.deadlines.reset();
        Q_EMIT filterChosen(filter);
    });
    m_clear = new QPushButton(tr("Clear"));
    m_clear->setToolTip(tr("Show all sessions again"));
    connect(m_clear, &QPushButton::clicked, this, [this] { Q_EMIT filterChosen({}); });

    m_fault = Foreign::makeLabel();
    m_fault->setObjectName("searchFault"_L1);
    m_fault->setWordWrap(true);
    m_state = Foreign::makeLabel();
    m_progress = new QProgressBar;
    m_progress->setTextVisible(false);
    m_progress->setMaximumWidth(120);
    m_progress->setAccessibleName(tr("Progress of the search"));
    m_stop = new QPushButton(tr("Stop"));
    connect(m_stop, &QPushButton::clicked, m_model, &SessionModel::stopSearch);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(6, 6, 6, 6);
    layout->setSpacing(4);
    auto *row = new QHBoxLayout;
    row->addWidget(m_line, 1);
    row->addWidget(m_deadlines);
    row->addWidget(m_clear);
    layout->addLayout(row);
    layout->addWidget(m_fault);
    auto *progress = new QHBoxLayout;
    progress->addWidget(m_state, 1);
    progress->addWidget(m_progress);
    progress->addWidget(m_stop);
    layout->addLayout(progress);
    for (QWidget *hidden : QWidgetList{m_deadlines, m_fault, m_state, m_progress, m_stop})
        hidden->hide();
    m_clear->setEnabled(false);
}

void SearchBar::addButton(QWidget *button)
{
    static_cast<QHBoxLayout *>(layout()->itemAt(0)->layout())->insertWidget(2, button);
}

bool SearchBar::isEmpty() const
{
    return m_line->text().isEmpty();
}

QString SearchBar::line() const
{
    return m_line->text().trimmed();
}

QStringList SearchBar::attributeNames() const
{
    return m_line->attributeNames();
}

void SearchBar::focusLine()
{
    m_line->setFocus(Qt::ShortcutFocusReason);
    m_line->selectAll();
}

void SearchBar::search(const QString &line)
{
    m_line->setText(line);
    apply(Typing::Ends);
}

void SearchBar::setFilter(const SessionFilter &filter)
{
    m_filter = filter;
    // What was typed stays as it was typed.
    const auto typed = SearchExpression::parse(m_line->text(), m_model->now(), SearchExpression::Word::User);
    if (!typed || *typed != filter) {
        if (const QString line = filter.toString(); line != m_line->text()) {
            m_line->setText(line);
            m_line->setCursorPosition(0);
        }
    }
    m_line->markFault({});
    m_fault->hide();
    m_delay.stop(); // nothing was typed
    m_clear->setEnabled(!filter.isEmpty());
    showDeadlines();
}

void SearchBar::showDeadlines()
{
    m_deadlines->setVisible(m_filter.deadlines.has_value());
    if (!m_filter.deadlines)
        return;
    const auto [from, until] = *m_filter.deadlines;
    const TimePoint now = m_model->now();
    m_deadlines->setToolTip(tr("Do not filter by the deadline any more")
                            + u"\n%1 – %2"_s.arg(Format::exact(from), Format::exact(until)));
    m_deadlines->setText(tr("ends %1 – %2").arg(Format::when(from, now), Format::when(until, now)));
}

/// What is written becomes the filter, if it can be read. Nobody is told of a fault in what is still being typed.
void SearchBar::apply(Typing typing)
{
    m_delay.stop();
    const auto typed = SearchExpression::parse(m_line->text(), m_model->now(), SearchExpression::Word::User);
    if (!typed) {
        const SearchExpression::Fault &fault = typed.error();
        const int cursor = m_line->cursorPosition();
        if (typing == Typing::GoesOn && m_line->hasFocus() && cursor >= fault.position && cursor <= fault.position + fault.length)
            return;
        m_line->markFault(fault);
        m_fault->setText(Format::text(fault.reason));
        m_fault->show();
        return;
    }
    m_line->markFault({});
    m_fault->hide();
    if (typing == Typing::Ends)
        m_line->remember();
    SessionFilter filter(*typed);
    filter.deadlines = m_filter.deadlines;
    if (filter != m_filter)
        Q_EMIT filterChosen(filter);
}

/// The result of looking at every session, and the progress.
QString SearchBar::foundText() const
{
    const QString searched = Format::number(m_model->searched()), all = Format::number(m_model->toSearch());
    const int shown = int(m_model->shown());
    if (!m_model->isSortedHere())
        return tr("%Ln found in %1 of %2", nullptr, shown).arg(searched, all);
    return tr("Sorted by %3: the first %Ln of %1 looked at, of %2 in all", nullptr, shown)
        .arg(searched, all, m_model->headerData(m_model->sortColumn(), Qt::Horizontal, Qt::DisplayRole).toString());
}

void SearchBar::showProgress()
{
    const bool searched = m_model->needsSearch() && (m_model->isSearching() || m_model->searched() > 0);
    m_state->setVisible(searched);
    m_progress->setVisible(m_model->isSearching());
    m_stop->setVisible(m_model->isSearching());
    if (!searched)
        return;
    const QString found = foundText();
    m_state->setText(m_model->isSearching()          ? tr("Searching: %1").arg(found)
                     : m_model->isSearchUnfinished() ? tr("Not finished: %1. There may be more.").arg(found)
                                                     : found);
    m_progress->setRange(0, 1000);
    m_progress->setValue(int(1000 * m_model->searched() / std::max<qint64>(1, m_model->toSearch())));
}

/// Completes from a sample of the store.
void SearchBar::findNames()
{
    QSet<QString> users;
    m_model->rows().forEach([&users](int, const SessionRow &row) {
        if (!row.info.user.isEmpty())
            users.insert(row.info.user);
    });
    QStringList sorted = users.values();
    std::ranges::sort(sorted);
    m_line->setUsers(sorted);
    if (std::exchange(m_namesKnown, true))
        return;
    SessionQuery query;
    query.order = SessionQuery::ByLastSeen;
    query.descending = true;
    query.limit = 30;
    query.withData = true;
    m_model->store().list(query).then(this, [this](const Result<SessionPage> &page) {
        QSet<QString> names;
        for (const SessionRecord &record : page ? page->records : QList<SessionRecord>()) {
            for (const QString &name : record.data.names())
                names.insert(name);
        }
        m_namesKnown = !names.isEmpty();
        QStringList list = names.values();
        std::ranges::sort(list);
        m_line->setAttributeNames(list);
    });
}

} // namespace Sojourn::Inspector
