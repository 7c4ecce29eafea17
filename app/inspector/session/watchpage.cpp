// SPDX-License-Identifier: MIT
#include "watchpage.h"

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

WatchPage::WatchPage(QWidget *parent) : QWidget(parent)
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
    connect(clear, &QPushButton::clicked, this, [this] { start(m_clock); });
    auto *foot = new QHBoxLayout;
    foot->addWidget(m_status, 1);
    foot->addWidget(clear);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 4, 0, 0);
    layout->addWidget(m_list, 1);
    layout->addLayout(foot);
}

void WatchPage::start(Clock clock)
{
    m_clock = std::move(clock);
    const TimePoint now = m_clock();
    m_list->clear();
    m_status->setText(tr("Watching since %1. Requests and changes appear as they happen.").arg(Format::when(now, now)));
}

void WatchPage::addChanges(const SessionRecord &before, const SessionRecord &after, TimePoint at)
{
    if (before.user != after.user)
        add(at, tr("User"), {Foreign::line(before.user), Foreign::line(before.user)},
            {Foreign::line(after.user), Foreign::line(after.user)}, u"user"_s);
    if (before.data == after.data)
        return;
    const QJsonObject old = before.data.toJson(), now = after.data.toJson();
    const auto shown = [](const QString &name, const QJsonValue &value) {
        if (value.isUndefined())
            return Value{u"–"_s, u"–"_s};
        const auto text = [](const QJsonValue &seen) { return Foreign::line(QString::fromUtf8(encodeJson(seen)), LongestValue); };
        return Value{text(Format::masked(value, Format::looksSecret(name))), text(value)};
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

void WatchPage::addEvent(const SessionEvent &event)
{
    if (event.type == SessionEvent::Changed && event.by.isEmpty())
        return; // the record tells what
    if (event.type == SessionEvent::Touched)
        add(event.at, tr("Request"), {}, {}, u"eye"_s);
    else
        add(event.at, Format::event(event), {}, {},
            event.type == SessionEvent::Rotated   ? u"rotate"_s
            : event.type == SessionEvent::Changed ? u"rename"_s
                                                  : u"ended"_s);
}

void WatchPage::setSecretsShown(bool shown)
{
    m_secretsShown = shown;
    for (int i = 0; i < m_list->topLevelItemCount(); ++i)
        showValues(m_list->topLevelItem(i));
}

static constexpr int MaskedRole = Qt::UserRole, PlainRole = Qt::UserRole + 1, BeforeColumn = 2, AfterColumn = 3;

void WatchPage::showValues(QTreeWidgetItem *item)
{
    for (const int column : {BeforeColumn, AfterColumn}) {
        const QString text = item->data(column, m_secretsShown ? PlainRole : MaskedRole).toString();
        item->setText(column, text);
        item->setToolTip(column, text.isEmpty() ? QString() : Foreign::toolTip(text));
    }
}

void WatchPage::add(TimePoint at, const QString &what, const Value &before, const Value &after, const QString &icon)
{
    auto *item = new QTreeWidgetItem({Format::when(at, m_clock()), what});
    item->setIcon(1, Theme::icon(icon));
    item->setToolTip(0, Foreign::toolTip(Format::bothZones(at)));
    item->setToolTip(1, Foreign::toolTip(what));
    for (const auto &[column, value] : {std::pair(BeforeColumn, before), std::pair(AfterColumn, after)}) {
        item->setData(column, MaskedRole, value.masked);
        item->setData(column, PlainRole, value.plain);
    }
    showValues(item);
    m_list->insertTopLevelItem(0, item);
    if (m_list->topLevelItemCount() > MostRows)
        delete m_list->takeTopLevelItem(MostRows);
}

} // namespace Sojourn::Inspector
