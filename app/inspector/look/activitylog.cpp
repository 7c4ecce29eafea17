// SPDX-License-Identifier: MIT
#include "activitylog.h"

#include "foreigntext.h"
#include "format.h"
#include "theme.h"

using namespace Qt::StringLiterals;

namespace Sojourn::Inspector {

static constexpr size_t Limit = 10'000;

void ActivityLog::done(const QString &store, const QString &action, const QString &outcome)
{
    add({QDateTime::currentDateTimeUtc(), store, action, outcome.isEmpty() ? tr("done") : outcome, false});
}

void ActivityLog::failed(const QString &store, const QString &action, const Error &error)
{
    add({QDateTime::currentDateTimeUtc(), store, action, Format::error(error), true});
}

void ActivityLog::add(Entry entry)
{
    if (m_entries.size() == Limit) {
        beginRemoveRows({}, 0, 0);
        m_entries.pop_front();
        endRemoveRows();
    }
    beginInsertRows({}, int(m_entries.size()), int(m_entries.size()));
    m_entries.push_back(std::move(entry));
    endInsertRows();
}

QByteArray ActivityLog::toText() const
{
    QString text;
    for (const Entry &entry : m_entries)
        text += QStringList{entry.at.toString(Qt::ISODateWithMs), entry.store, entry.action, entry.outcome}.join(u'\t') + u'\n';
    return text.toUtf8();
}

QVariant ActivityLog::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Entry &entry = m_entries[size_t(index.row())];
    if (role == Qt::ForegroundRole && entry.failed && index.column() == Outcome)
        return Theme::colour(Theme::Colour::Bad);
    if (role == Qt::DecorationRole && entry.failed && index.column() == Outcome)
        return Theme::icon(u"warning"_s);
    if (role == Qt::ToolTipRole)
        return Foreign::toolTip(data(index, Qt::DisplayRole).toString());
    if (role != Qt::DisplayRole)
        return {};
    switch (index.column()) {
    case Time:
        return entry.at.toLocalTime().toString(u"HH:mm:ss"_s);
    case Store:
        return entry.store;
    case Action:
        return entry.action;
    case Outcome:
        return entry.outcome;
    }
    return {};
}

QVariant ActivityLog::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Time:
        return tr("Time");
    case Store:
        return tr("Store");
    case Action:
        return tr("Action");
    case Outcome:
        return tr("Outcome");
    }
    return {};
}

} // namespace Sojourn::Inspector
