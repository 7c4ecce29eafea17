// SPDX-License-Identifier: MIT
#include "statusline.h"

#include "look/foreigntext.h"
#include "look/format.h"
#include "tab/storetab.h"

#include <QtWidgets/QFrame>
#include <QtWidgets/QLabel>
#include <QtWidgets/QStatusBar>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Sojourn::Inspector {

StatusLine::StatusLine(QStatusBar *bar) : QObject(bar)
{
    for (QLabel **label : {&m_connection, &m_counts, &m_rate, &m_access, &m_time, &m_zone}) {
        if (label != &m_connection) {
            auto *line = new QFrame;
            line->setFrameShape(QFrame::VLine);
            line->setForegroundRole(QPalette::Mid);
            m_widgets << line;
        }
        *label = Foreign::makeLabel();
        (*label)->setContentsMargins(8, 0, 10, 0);
        m_widgets << *label;
    }
    for (QWidget *widget : std::as_const(m_widgets))
        bar->addWidget(widget);
    m_connection->setObjectName("connection"_L1);
    m_zone->setObjectName("zone"_L1);
    m_zone->setToolTip(tr("The zone of all times that are shown"));
    m_time->setObjectName("clock"_L1);
    m_clock.setInterval(1s);
    connect(&m_clock, &QTimer::timeout, this, &StatusLine::showClock);
    m_clock.start();
}

void StatusLine::show(StoreTab *tab)
{
    m_tab = tab;
    for (QWidget *widget : std::as_const(m_widgets))
        widget->setVisible(tab);
    if (!tab)
        return;
    OpenStore &store = tab->store();
    const QString name = Foreign::line(store.name()), servers = Foreign::line(Format::text(store.reader()->servers()));
    switch (store.state()) {
    case OpenStore::State::Connecting:
        m_connection->setText(tr("%1: connecting…").arg(name));
        break;
    case OpenStore::State::Lost:
        m_connection->setText(servers.isEmpty() ? tr("%1: not connected, trying again").arg(name)
                                                : tr("%1: connected to %2, trying again").arg(name, servers));
        break;
    case OpenStore::State::Connected: {
        const QString time = QLocale().toString(double(store.roundTrip().count()) / 1000, 'f', 1);
        m_connection->setText(servers.isEmpty() ? tr("%1: connected, %2 ms").arg(name, time)
                                                : tr("%1: connected to %3, %2 ms").arg(name, time, servers));
        break;
    }
    }
    m_rate->setText(
        tr("%1 events/s").arg(QLocale().toString(store.eventsPerSecond(), 'f', store.eventsPerSecond() < 10 ? 1 : 0)));
    m_access->setText(store.isWritable() ? tr("writable") : tr("read-only"));
    showCount();
    showClock();
}

void StatusLine::showCount()
{
    if (m_tab)
        m_counts->setText(m_tab->countText());
}

/// The store's time, by which sessions end, in the zone of all times that are shown.
void StatusLine::showClock()
{
    if (!m_tab)
        return;
    const QDateTime now = toDateTime(m_tab->store().reader()->now());
    m_zone->setText(now.toLocalTime().toString(u"t"_s));
    m_time->setText(now.toLocalTime().toString(u"HH:mm:ss"_s));
    m_time->setToolTip(tr("The time of the store, in the zone of all times that are shown.\nLocal: %1\nUTC: %2")
                           .arg(now.toLocalTime().toString(u"yyyy-MM-dd HH:mm:ss t"_s),
                                now.toUTC().toString(u"yyyy-MM-dd HH:mm:ss"_s)));
}

} // namespace Sojourn::Inspector
