// SPDX-License-Identifier: MIT
#include "sessionchange.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Sojourn {

namespace {

/// Two JSON array texts in one; either may be empty.
QByteArray joinArrays(const QByteArray &a, const QByteArray &b)
{
    if (a.size() <= 2)
        return b;
    if (b.size() <= 2)
        return a;
    return a.first(a.size() - 1) + ',' + b.sliced(1);
}

} // namespace

const SessionChange::Attribute *SessionChange::find(QByteArrayView name) const
{
    const auto it = std::ranges::find(m_attributes, name, &Attribute::name);
    return it == m_attributes.end() ? nullptr : &*it;
}

SessionChange::Attribute &SessionChange::attribute(QByteArrayView name)
{
    const auto it = std::ranges::find(m_attributes, name, &Attribute::name);
    if (it != m_attributes.end())
        return *it;
    m_attributes.append(Attribute{Attribute::Remove, name.toByteArray(), {}, 0});
    return m_attributes.last();
}

void SessionChange::set(QByteArrayView name, QByteArrayView json)
{
    Attribute &a = attribute(name);
    a.operation = Attribute::Set;
    a.json = json.toByteArray();
}

void SessionChange::remove(QByteArrayView name)
{
    Attribute &a = attribute(name);
    a.operation = Attribute::Remove;
    a.json.clear();
}

void SessionChange::increment(QByteArrayView name, qint64 by)
{
    const bool known = find(name);
    Attribute &a = attribute(name);
    if (!known && !m_clear) {
        a.operation = Attribute::Increment;
        a.by = by;
    } else if (a.operation == Attribute::Increment) {
        if (qAddOverflow(a.by, by, &a.by))
            a.by = by < 0 ? std::numeric_limits<qint64>::min() : std::numeric_limits<qint64>::max();
    } else {
        // What the attribute will be is known here already: this change sets or removes it first.
        const QByteArrayView before = a.operation == Attribute::Set ? QByteArrayView(a.json) : QByteArrayView();
        if (auto sum = incrementJson(before, by)) {
            a.operation = Attribute::Set;
            a.json = *sum;
        }
    }
}

void SessionChange::clear()
{
    m_attributes.clear();
    m_clear = true;
}

void SessionChange::addFlash(QByteArrayView json)
{
    flash = joinArrays(flash, '[' + json.toByteArray() + ']');
}

bool SessionChange::isEmpty() const
{
    return !touch && isTouchOnly();
}

bool SessionChange::isTouchOnly() const
{
    return !m_clear && m_attributes.isEmpty() && !user && !expiry && flash.isEmpty() && csrfSecret.isEmpty() && !rotateRequested;
}

Result<bool> SessionChange::applyTo(SessionRecord &record, TimePoint now, qsizetype sizeLimit) const
{
    if (expectedVersion && *expectedVersion != record.version)
        return failure(Error::Conflict,
                       u"The session has changed meanwhile: it is at version %1, not %2. Read it again."_s.arg(record.version)
                           .arg(*expectedVersion));

    SessionData data = m_clear ? SessionData() : record.data;
    for (const Attribute &a : m_attributes) {
        switch (a.operation) {
        case Attribute::Set:
            data.insert(QByteArrayView(a.name), QByteArrayView(a.json));
            break;
        case Attribute::Remove:
            data.remove(a.name);
            break;
        case Attribute::Increment:
            const auto sum = incrementJson(data.json(a.name), a.by);
            if (!sum)
                return std::unexpected(notANumber(a.name));
            data.insert(QByteArrayView(a.name), QByteArrayView(*sum));
            break;
        }
    }
    const QByteArray waitingFlash = joinArrays(record.flash, flash);
    bool changed = (m_clear || !m_attributes.isEmpty()) && data != record.data;
    if (changed || !flash.isEmpty()) {
        const qsizetype size = data.size() + (flash.isEmpty() ? 0 : waitingFlash.size());
        if (size > sizeLimit)
            return std::unexpected(tooLarge(size, sizeLimit));
    }
    record.flash = waitingFlash;
    if (changed) {
        record.data = std::move(data);
        record.updateCounts();
    }

    if (user && *user != record.user) {
        record.user = user->isEmpty() ? QString() : *user;
        changed = true;
    }

    if (expiry) {
        const auto before = std::pair(record.expiry, record.expiresAt);
        record.expiry = *expiry;
        record.expiresAt = record.deadlineFrom(now, defaultIdle);
        changed = changed || before != std::pair(record.expiry, record.expiresAt);
    }
    if (touch && touch->at - record.lastSeenAt >= touch->interval) {
        record.lastSeenAt = touch->at;
        const bool fixed = record.expiry && record.expiry->kind() == Expiry::Kind::AtDateTime;
        if (!fixed)
            record.expiresAt = std::max(record.expiresAt, record.deadlineFrom(touch->at, defaultIdle));
    }

    if (!csrfSecret.isEmpty())
        record.csrfSecret = csrfSecret;
    if (rotateRequested)
        record.rotateRequested = *rotateRequested;
    if (changed)
        ++record.version;
    return changed;
}

Error SessionChange::tooLarge(qsizetype size, qsizetype sizeLimit)
{
    return {Error::TooLarge,
            u"The session would take %1 bytes, and the limit is %2. Store less in it, or raise the limit."_s.arg(size).arg(
                sizeLimit)};
}

Error SessionChange::notANumber(QByteArrayView name)
{
    return {Error::Invalid,
            u"Attribute \"%1\" is no number and cannot be incremented. Set it to a number first."_s.arg(QString::fromUtf8(name))};
}

std::optional<QByteArray> incrementJson(QByteArrayView json, qint64 by)
{
    if (json.isNull())
        return QByteArray::number(by);
    const std::optional<QJsonValue> value = decodeJson(json);
    if (!value || !value->isDouble())
        return std::nullopt;
    qint64 integer = value->toInteger(0);
    const bool isInteger = integer != 0 || value->toInteger(1) == 0;
    if (!isInteger)
        return encodeJson(value->toDouble() + static_cast<double>(by));
    if (qAddOverflow(integer, by, &integer))
        integer = by < 0 ? std::numeric_limits<qint64>::min() : std::numeric_limits<qint64>::max();
    return QByteArray::number(integer);
}

} // namespace Sojourn
