// SPDX-License-Identifier: MIT
#include "sessionwatch.h"

#include "look/foreigntext.h"
#include "look/format.h"
#include "look/rowdelegate.h"
#include "look/theme.h"

#include <QtCore/QJsonObject>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QLabel>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QTreeWidget>
#include <QtWidgets/QVBoxLayout>

using namespace Qt::StringLiterals;

namespace Sojourn::Inspector {

static constexpr int MostRows = 1000, LongestValue = 200;

SessionWatch::SessionWatch(QWidget *parent) : QWidget(parent)
{
    m_list = makeList(tr("Requests and changes"), {tr("When"), tr("What"), tr("Before"), tr("After")});
    m_list->setObjectName("watch"_L1);
    m_list->setAlternatingRowColors(true);
    m_list->header()->setSectionResizeMode(0, QHeaderView::ResizeToContents);
    m_list->header()->resizeSection(1, 110);
    m_list->header()->resizeSection(2, 90);
    m_status = Foreign::makeLabel();
    m_status->setWordWrap(true);
    auto *clear = new QPushButton(tr("C&lear"));
    connect(clear, &QPushButton::clicked, this, [this] { start(systemNow()); });
    auto *foot = new QHBoxLayout;
    foot->addWidget(m_status, 1);
    foot->addWidget(clear);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 4, 0, 0);
    layout->addWidget(m_list, 1);
    layout->addLayout(foot);
}

void SessionWatch::start(TimePoint now)
{
    m_from = now;
    m_list->clear();
    m_status->setText(tr("Watching since %1. Requests and changes appear as they happen.").arg(Format::when(now, now)));
}

void SessionWatch::addChanges(const SessionRecord &before, const SessionRecord &after, TimePoint at)
{
    if (before.user != after.user)
        add(at, tr("User"), Foreign::line(before.user), Foreign::line(after.user), u"user"_s);
    if (before.data == after.data)
        return;
    const QJsonObject old = before.data.toJson(), now = after.data.toJson();
    const auto shown = [this](const QString &name, const QJsonValue &value) {
        if (value.isUndefined())
            return u"–"_s;
        const QJsonValue seen = m_secretsShown ? value : Format::masked(value, Format::looksSecret(name));
        const QString text = QString::fromUtf8(encodeJson(seen));
        return Foreign::line(text, LongestValue);
    };
    QStringList names = old.keys();
    for (const QString &name : now.keys()) {
        if (!old.contains(name))
            names << name;
    }
    for (const QString &name : std::as_const(names)) {
        const QJsonValue was = old.value(name), is = now.value(name);
        if (was != is)
            add(at, Foreign::line(name), shown(name, was), shown(name, is),
                is.isUndefined()    ? u"delete"_s
                : was.isUndefined() ? u"add"_s
                                    : u"rename"_s);
    }
}

void SessionWatch::addEvent(const SessionEvent &event)
{
    if (event.type == SessionEvent::Changed)
        return; // the record tells what
    if (event.type == SessionEvent::Touched)
        add(event.at, tr("Request"), {}, {}, u"eye"_s);
    else
        add(event.at, Format::event(event), {}, {}, event.type == SessionEvent::Rotated ? u"rotate"_s : u"ended"_s);
}

void SessionWatch::add(TimePoint at, const QString &what, const QString &before, const QString &after, const QString &icon)
{
    auto *item = new QTreeWidgetItem({Format::when(at, systemNow()), what, before, after});
    item->setIcon(1, Theme::icon(icon));
    item->setToolTip(0, Foreign::toolTip(Format::bothZones(at)));
    for (const auto &[column, text] : {std::pair(1, what), std::pair(2, before), std::pair(3, after)}) {
        if (!text.isEmpty())
            item->setToolTip(column, Foreign::toolTip(text));
    }
    m_list->insertTopLevelItem(0, item);
    if (m_list->topLevelItemCount() > MostRows)
        delete m_list->takeTopLevelItem(MostRows);
}

} // namespace Sojourn::Inspector
