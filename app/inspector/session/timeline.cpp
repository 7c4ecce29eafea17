// SPDX-License-Identifier: MIT
#include "timeline.h"

#include "look/foreigntext.h"
#include "look/format.h"
#include "look/rowdelegate.h"
#include "look/theme.h"

#include <QtWidgets/QHeaderView>
#include <QtWidgets/QScrollBar>
#include <QtWidgets/QTreeWidget>
#include <QtWidgets/QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Sojourn::Inspector {

static constexpr int MostKeys = 10, MostEvents = 2000;

TimeLine::TimeLine(QWidget *parent) : QWidget(parent)
{
    m_list = makeList(tr("Time line"), {tr("When"), tr("What happened")});
    m_list->setAlternatingRowColors(true);
    m_list->header()->setSectionResizeMode(0, QHeaderView::ResizeToContents);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 4, 0, 0);
    layout->addWidget(m_list);
}

void TimeLine::clear()
{
    ++m_life;
    m_store.clear();
    m_events.clear();
    m_info.reset();
    m_loaded = false;
    m_list->clear();
}

void TimeLine::load(OpenStore *store, const SessionKey &key)
{
    m_store = store;
    m_key = key;
    ++m_life;
    loadKey(key, 1, {});
}

/// The events of one key and then, where ids were rotated, those of the key before.
void TimeLine::loadKey(const SessionKey &key, int depth, const QList<SessionEvent> &known)
{
    HistoryQuery query;
    query.key = key;
    query.limit = 200;
    m_store->reader()->history(query).then(this, [=, this, life = m_life](const Result<QList<SessionEvent>> &events) {
        if (life != m_life || !m_store || !events)
            return;
        QList<SessionEvent> all = known;
        std::optional<SessionKey> earlier;
        for (const SessionEvent &event : *events) {
            if (all.contains(event))
                continue;
            all << event;
            if (event.type == SessionEvent::Rotated && event.key == key)
                earlier = event.oldKey;
        }
        if (earlier && depth < MostKeys)
            return loadKey(*earlier, depth + 1, all);
        m_loaded = true;
        for (const SessionEvent &event : std::as_const(m_events)) { // the history does not know of changes
            if (!event.isLifecycle())
                all << event;
        }
        take(all);
    });
}

void TimeLine::add(const SessionEvent &event)
{
    const bool isTold = event.isLifecycle() || !event.by.isEmpty(); // what the application changes would be too much
    if (!isTold || m_events.contains(event))
        return;
    take(QList{event} + m_events);
}

void TimeLine::take(QList<SessionEvent> events)
{
    std::ranges::stable_sort(events, std::ranges::greater(), &SessionEvent::at);
    if (events.size() > MostEvents)
        events.resize(MostEvents);
    m_events = std::move(events);
    show();
    Q_EMIT changed();
}

void TimeLine::setRecord(const SessionRecord *record)
{
    const std::optional<SessionInfo> before = m_info;
    m_info = record ? std::optional<SessionInfo>(*record) : std::nullopt;
    if (m_loaded && before != m_info)
        show();
}

std::optional<SessionEvent> TimeLine::ending() const
{
    for (const SessionEvent &event : m_events) {
        if (event.key != m_key)
            continue;
        if (event.type == SessionEvent::Created)
            return {}; // what ended it before that is past
        if (event.isEnd())
            return event;
    }
    return {};
}

std::optional<SessionKey> TimeLine::successor() const
{
    const auto rotated = std::ranges::find_if(m_events, [this](const SessionEvent &event) {
        return event.type == SessionEvent::Rotated && event.oldKey == m_key;
    });
    return rotated == m_events.end() ? std::nullopt : std::optional(rotated->key);
}

/// Fills the list anew and leaves in view what was in view: new rows come above it.
void TimeLine::show()
{
    if (!m_store)
        return;
    const int before = m_list->topLevelItemCount(), scrolled = m_list->verticalScrollBar()->value();
    const int current = m_list->indexOfTopLevelItem(m_list->currentItem());
    m_list->clear();
    const TimePoint now = m_store->reader()->now();
    const auto add = [&](TimePoint at, const QString &what, const QString &icon) {
        auto *item = new QTreeWidgetItem(m_list, {Format::when(at, now), what});
        item->setToolTip(0, Foreign::toolTip(Format::bothZones(at)));
        item->setIcon(1, Theme::icon(icon));
        return item;
    };
    if (m_info)
        add(m_info->lastSeenAt, tr("Last seen"), u"eye"_s)->setForeground(1, Theme::colour(Theme::Colour::Muted));
    const auto isArrival = [this](const SessionEvent &event) { // an import, a copy, or a removal that was undone
        return event.type == SessionEvent::Created && m_info && event.key == m_key && event.at - m_info->createdAt > 2s;
    };
    for (const SessionEvent &event : std::as_const(m_events)) {
        if (event.by.isEmpty() && isArrival(event))
            add(event.at, tr("Came into this store"), u"created"_s);
        else
            add(event.at, Format::event(event),
                event.isEnd()                         ? u"ended"_s
                : event.type == SessionEvent::Rotated ? u"rotate"_s
                : event.type == SessionEvent::Changed ? u"rename"_s
                                                      : u"created"_s);
    }
    if (m_info && (m_events.isEmpty() || std::ranges::any_of(m_events, isArrival)))
        add(m_info->createdAt, tr("Created"), u"created"_s);
    if (m_list->topLevelItemCount() == 0)
        new QTreeWidgetItem(m_list, {QString(), tr("Nothing is known of this session.")});
    const int more = before ? m_list->topLevelItemCount() - before : 0;
    if (current >= 0)
        m_list->setCurrentItem(m_list->topLevelItem(std::max(0, current + more)));
    m_list->verticalScrollBar()->setValue(scrolled > 0 ? scrolled + more : 0);
}

} // namespace Sojourn::Inspector
