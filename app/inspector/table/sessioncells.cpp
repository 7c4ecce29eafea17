// SPDX-License-Identifier: MIT
#include "sessioncells.h"

#include "look/foreigntext.h"
#include "look/format.h"
#include "look/theme.h"
#include "sessionmodel.h"

#include <QtGui/QFont>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Sojourn::Inspector {

std::optional<std::chrono::milliseconds> SessionCells::idleLeft() const
{
    const SessionInfo &info = m_row.info;
    if (info.expiry && info.expiry->kind() == Expiry::Kind::OnInactivity)
        return info.lastSeenAt + info.expiry->idle() - m_now;
    if ((info.expiry && info.expiry->kind() == Expiry::Kind::AtDateTime) || info.expiresAt == info.absoluteExpiresAt)
        return {};
    return info.expiresAt - m_now;
}

QString SessionCells::state() const
{
    if (m_row.ending)
        return Format::ending(*m_row.ending);
    if (m_setAside)
        return SessionModel::tr("set aside");
    if (m_row.info.isExpired(m_now))
        return SessionModel::tr("expired");
    if (m_row.info.rotateRequested)
        return SessionModel::tr("fresh id due");
    return SessionModel::tr("active");
}

QStringList SessionCells::states()
{
    QStringList states = {SessionModel::tr("set aside"), SessionModel::tr("expired"), SessionModel::tr("fresh id due"),
                          SessionModel::tr("active")};
    for (const auto &[type, reason] :
         std::initializer_list<std::pair<SessionEvent::Type, QString>>{{SessionEvent::Rotated, {}},
                                                                       {SessionEvent::Destroyed, {}},
                                                                       {SessionEvent::Expired, u"idle"_s},
                                                                       {SessionEvent::Expired, u"absolute"_s},
                                                                       {SessionEvent::Expired, u"fixed"_s},
                                                                       {SessionEvent::Revoked, u"cap"_s},
                                                                       {SessionEvent::Revoked, u"user"_s},
                                                                       {SessionEvent::Revoked, u"admin"_s}}) {
        SessionEvent event;
        event.type = type;
        event.reason = reason;
        states << Format::ending(event);
    }
    return states;
}

QString SessionCells::flags() const
{
    const SessionInfo &info = m_row.info;
    QStringList flags;
    if (info.rotateRequested)
        flags << SessionModel::tr("rotate");
    if (info.expiry && info.expiry->kind() == Expiry::Kind::AtDateTime)
        flags << SessionModel::tr("fixed deadline");
    else if (info.expiry && info.expiry->kind() == Expiry::Kind::OnSessionEnd)
        flags << SessionModel::tr("browser session");
    else if (info.expiry)
        flags << SessionModel::tr("own idle time");
    return flags.join(u", "_s);
}

QString SessionCells::visitFact(int column) const
{
    const VisitFacts facts = m_row.info.visitFacts();
    switch (column) {
    case SessionModel::Device:
        return facts.label;
    case SessionModel::Address:
        return facts.address;
    default:
        return facts.browser();
    }
}

QVariant SessionCells::value(int column) const
{
    if (column >= SessionModel::ColumnCount)
        return m_row.attributes.value(column - SessionModel::ColumnCount);
    const SessionInfo &info = m_row.info;
    switch (column) {
    case SessionModel::Key:
        return info.key.toString();
    case SessionModel::State:
        return state();
    case SessionModel::User:
        return info.user;
    case SessionModel::Created:
        return toDateTime(info.createdAt);
    case SessionModel::LastSeen:
        return toDateTime(info.lastSeenAt);
    case SessionModel::ExpiresIn:
        return toDateTime(info.expiresAt);
    case SessionModel::IdleLeft:
        return idleLeft() ? QVariant(qint64(idleLeft()->count())) : QVariant();
    case SessionModel::AbsoluteLeft:
        return info.absoluteExpiresAt ? QVariant(toDateTime(*info.absoluteExpiresAt)) : QVariant();
    case SessionModel::Size:
        return qint64(info.size);
    case SessionModel::Attributes:
        return qint64(info.attributeCount);
    case SessionModel::Flags:
        return info.rotateRequested;
    case SessionModel::Device:
    case SessionModel::Address:
    case SessionModel::Browser:
        return visitFact(column);
    }
    return {};
}

quint32 SessionCells::changedColumns(const SessionRow &before, const SessionRow &after, TimePoint now, bool setAside)
{
    quint32 changed = 0;
    for (const int column : {SessionModel::State, SessionModel::User, SessionModel::LastSeen, SessionModel::Size,
                             SessionModel::Attributes, SessionModel::Flags}) {
        if (SessionCells(before, now, setAside).value(column) != SessionCells(after, now, setAside).value(column))
            changed |= 1u << column;
    }
    for (const int column : {SessionModel::Device, SessionModel::Address, SessionModel::Browser}) {
        if (before.info.visit != after.info.visit
            && SessionCells(before, now, setAside).visitFact(column) != SessionCells(after, now, setAside).visitFact(column))
            changed |= 1u << column;
    }
    for (qsizetype i = 0; i < after.attributes.size() && SessionModel::ColumnCount + i < 32; ++i) {
        if (i < before.attributes.size() && before.attributes[i] != after.attributes[i])
            changed |= 1u << (SessionModel::ColumnCount + i);
    }
    if (before.info.expiry != after.info.expiry)
        changed |= 1u << SessionModel::ExpiresIn;
    if (before.info.key != after.info.key || before.info.idIssuedAt != after.info.idIssuedAt)
        changed |= 1u << SessionModel::Key;
    if (before.info.version != after.info.version)
        changed |= 1u << SessionModel::Attributes;
    return changed;
}

QString SessionCells::text(int column) const
{
    if (column >= SessionModel::ColumnCount)
        return Foreign::line(m_row.attributes.value(column - SessionModel::ColumnCount), 200);
    const SessionInfo &info = m_row.info;
    const bool ended = m_row.isGhost();
    const bool unknown = ended && !m_row.place; // of a session that only the history knows
    switch (column) {
    case SessionModel::Key:
        return Format::shortKey(info.key);
    case SessionModel::State:
        return state();
    case SessionModel::User:
        return Foreign::cell(info.user, 200);
    case SessionModel::Created:
        return info.createdAt == TimePoint() ? QString() : Format::when(info.createdAt, m_now);
    case SessionModel::LastSeen:
        return Format::ago(info.lastSeenAt, m_now);
    case SessionModel::ExpiresIn:
        return ended ? QString() : Format::countdown(info.expiresAt - m_now);
    case SessionModel::IdleLeft:
        return idleLeft() && !ended ? Format::countdown(*idleLeft()) : QString();
    case SessionModel::AbsoluteLeft:
        return info.absoluteExpiresAt && !ended ? Format::countdown(*info.absoluteExpiresAt - m_now) : QString();
    case SessionModel::Size:
        return unknown ? QString() : Format::bytes(info.size);
    case SessionModel::Attributes:
        return unknown ? QString() : Format::number(info.attributeCount);
    case SessionModel::Flags:
        return u"\u2002"_s + flags(); // apart from the number beside it
    case SessionModel::Device:
    case SessionModel::Address:
    case SessionModel::Browser:
        return Foreign::line(visitFact(column), 200);
    }
    return {};
}

QVariant SessionCells::toolTip(int column) const
{
    if (column >= SessionModel::ColumnCount)
        return Foreign::toolTip(m_row.attributes.value(column - SessionModel::ColumnCount));
    const SessionInfo &info = m_row.info;
    switch (column) {
    case SessionModel::Key:
        return info.key.toString();
    case SessionModel::State:
        return m_row.ending ? QVariant(Format::event(*m_row.ending)) : QVariant();
    case SessionModel::Created:
        return info.createdAt == TimePoint() ? QVariant() : Format::exact(info.createdAt);
    case SessionModel::LastSeen:
        return Format::exact(info.lastSeenAt);
    case SessionModel::ExpiresIn:
        return m_row.ending ? QVariant() : Format::exact(info.expiresAt);
    case SessionModel::IdleLeft:
        return idleLeft() && !m_row.ending ? QVariant(Format::exact(m_now + *idleLeft())) : QVariant();
    case SessionModel::AbsoluteLeft:
        return info.absoluteExpiresAt ? QVariant(Format::exact(*info.absoluteExpiresAt)) : QVariant();
    case SessionModel::Device:
    case SessionModel::Address:
        return Foreign::toolTip(visitFact(column));
    case SessionModel::Browser:
        return Foreign::toolTip(info.visitFacts().userAgent);
    default:
        return {};
    }
}

int SessionCells::alignment(int column)
{
    const bool isNumber = column == SessionModel::Size || column == SessionModel::Attributes
                       || (column >= SessionModel::ExpiresIn && column <= SessionModel::AbsoluteLeft);
    return int(isNumber ? Qt::AlignRight : Qt::AlignLeft) | int(Qt::AlignVCenter);
}

QVariant SessionCells::data(int column, int role) const
{
    switch (role) {
    case Qt::DisplayRole:
        return text(column);
    case SessionModel::ValueRole:
        return value(column);
    case SessionModel::GhostRole:
        return m_row.isGhost();
    case SessionModel::GlowRole:
        if (column >= 32 || !(m_row.glow & (1u << column)))
            return 0.0;
        return std::clamp(1.0 - double((m_now - m_row.glowSince).count()) / double(GlowTime.count()), 0.0, 1.0);
    case Qt::ToolTipRole:
        return toolTip(column);
    case Qt::AccessibleTextRole:
        return u"%1: %2"_s.arg(header(column, Qt::DisplayRole).toString(), text(column));
    case Qt::TextAlignmentRole:
        return alignment(column);
    case Qt::ForegroundRole:
        if (m_row.isGhost())
            return Theme::colour(Theme::Colour::Muted);
        if (column == SessionModel::State && m_row.info.rotateRequested)
            return Theme::colour(Theme::Colour::Accent);
        if ((column == SessionModel::State || column == SessionModel::ExpiresIn)
            && m_row.info.expiresAt - m_now < SessionFilter::Soon)
            return Theme::colour(Theme::Colour::Warning);
        return {};
    case Qt::FontRole:
        if (m_row.isGhost() && column == SessionModel::Key) {
            QFont font;
            font.setStrikeOut(true);
            return font;
        }
        return {};
    default:
        return {};
    }
}

/// What a column shows, where its name does not tell.
static QString headerMeaning(int column)
{
    switch (column) {
    case SessionModel::Key:
        return SessionModel::tr("The hash of the session id; the id itself is known only to the visitor's browser");
    case SessionModel::ExpiresIn:
        return SessionModel::tr("Time until the earlier of the idle and the absolute deadline");
    case SessionModel::IdleLeft:
        return SessionModel::tr("Time until the session ends if no request comes");
    case SessionModel::AbsoluteLeft:
        return SessionModel::tr("Time until the session ends whatever happens");
    case SessionModel::Size:
        return SessionModel::tr("Bytes of all attributes");
    case SessionModel::Device:
        return SessionModel::tr("What the visitor calls the device");
    case SessionModel::Address:
        return SessionModel::tr("Where the visitor was seen last");
    case SessionModel::Browser:
        return SessionModel::tr("Browser and system, by what the browser calls itself");
    default:
        return {};
    }
}

QVariant SessionCells::header(int column, int role)
{
    if (role == Qt::ForegroundRole)
        return SessionModel::canSort(column) ? QVariant() : QVariant(Theme::colour(Theme::Colour::Muted));
    if (role == Qt::ToolTipRole) {
        const QString meaning = headerMeaning(column);
        const QString sorting = SessionModel::canStoreSort(column) ? SessionModel::tr("Click to sort.")
                              : SessionModel::canSort(column) ? SessionModel::tr("Click to look for the first by this column.")
                                                              : SessionModel::tr("The store cannot sort by this column.");
        return meaning.isEmpty() ? sorting : u"%1. %2"_s.arg(meaning, sorting);
    }
    if (role == Qt::TextAlignmentRole && column >= 0)
        return alignment(column);
    if (role != Qt::DisplayRole)
        return {};
    switch (column) {
    case SessionModel::Key:
        return SessionModel::tr("Key");
    case SessionModel::State:
        return SessionModel::tr("State");
    case SessionModel::User:
        return SessionModel::tr("User");
    case SessionModel::Created:
        return SessionModel::tr("Created");
    case SessionModel::LastSeen:
        return SessionModel::tr("Last seen");
    case SessionModel::ExpiresIn:
        return SessionModel::tr("Expires in");
    case SessionModel::IdleLeft:
        return SessionModel::tr("Idle left");
    case SessionModel::AbsoluteLeft:
        return SessionModel::tr("Absolute left");
    case SessionModel::Size:
        return SessionModel::tr("Size");
    case SessionModel::Attributes:
        return SessionModel::tr("Attributes");
    case SessionModel::Flags:
        return u"\u2002"_s + SessionModel::tr("Flags");
    case SessionModel::Device:
        return SessionModel::tr("Device");
    case SessionModel::Address:
        return SessionModel::tr("Address");
    case SessionModel::Browser:
        return SessionModel::tr("Browser");
    }
    return {};
}

QVariant SessionCells::attributeHeader(const QString &path, int role)
{
    switch (role) {
    case Qt::DisplayRole:
        return Foreign::line(path);
    case Qt::ToolTipRole:
        return SessionModel::tr("The attribute %1. Click to look for the first by this column.").arg(Foreign::line(path));
    case Qt::TextAlignmentRole:
        return int(Qt::AlignLeft | Qt::AlignVCenter);
    default:
        return {};
    }
}

} // namespace Sojourn::Inspector
