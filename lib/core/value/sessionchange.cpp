// SPDX-License-Identifier: MIT
#include "sessionchange.h"

#include "jsonrules.h"
#include "recordfields_p.h"

#include <algorithm>
#include <vector>

namespace Sojourn {

namespace {

/// Up to so many attributes a search in turn is as fast as a hash.
constexpr qsizetype MostSearched = 16;

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

qsizetype SessionChange::indexOf(QByteArrayView name) const
{
    if (m_positions.isEmpty()) {
        const auto it = std::ranges::find(m_attributes, name, &Attribute::name);
        return it == m_attributes.end() ? -1 : it - m_attributes.begin();
    }
    return m_positions.value(QByteArray::fromRawData(name.data(), name.size()), -1);
}

const SessionChange::Attribute *SessionChange::find(QByteArrayView name) const
{
    const qsizetype index = indexOf(name);
    return index < 0 ? nullptr : &m_attributes[index];
}

void SessionChange::setMerged(const SessionData &before, const SessionData &after)
{
    m_merged = {before, after, true};
}

SessionChange::Attribute &SessionChange::attribute(QByteArrayView name)
{
    if (m_merged.isKnown)
        m_merged = {};
    if (const qsizetype index = indexOf(name); index >= 0)
        return m_attributes[index];
    m_attributes.append(Attribute{Attribute::Remove, name.toByteArray(), {}, 0});
    if (m_attributes.size() > MostSearched) {
        for (qsizetype i = m_positions.size(); i < m_attributes.size(); ++i)
            m_positions.insert(m_attributes[i].name, i);
    }
    return m_attributes.last();
}

/// The whole change is lost: a part of it must not be written as if it were all.
void SessionChange::refuse(const Error &error)
{
    if (m_fault.isEmpty())
        m_fault = error.sentence();
}

void SessionChange::set(QByteArrayView name, QByteArrayView json)
{
    if (const auto valid = checkAttributeName(QUtf8StringView(name.data(), name.size())); !valid)
        return refuse(valid.error());
    const Result<QByteArray> text = Detail::compactJson(json);
    if (!text)
        return refuse(text.error());
    setChecked(name, *text);
}

void SessionChange::setChecked(QByteArrayView name, QByteArray json)
{
    Attribute &a = attribute(name);
    a.operation = Attribute::Set;
    a.json = std::move(json);
}

void SessionChange::remove(QByteArrayView name)
{
    Attribute &a = attribute(name);
    a.operation = Attribute::Remove;
    a.json.clear();
}

void SessionChange::increment(QByteArrayView name, qint64 by)
{
    if (const auto valid = checkAttributeName(QUtf8StringView(name.data(), name.size())); !valid)
        return refuse(valid.error());
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
        const std::optional<QByteArray> sum = incrementJson(before, by);
        if (!sum)
            return refuse(notANumber(name));
        a.operation = Attribute::Set;
        a.json = *sum;
    }
}

void SessionChange::clear()
{
    m_merged = {};
    m_attributes.clear();
    m_positions.clear();
    m_fault = {};
    m_clear = true;
}

void SessionChange::addFlash(QByteArrayView json)
{
    const Result<QByteArray> text = Detail::compactJson(json);
    if (!text)
        return refuse(text.error());
    flash = joinArrays(flash, '[' + *text + ']');
}

Result<void> SessionChange::check() const
{
    if (!m_fault.isEmpty())
        return failure(Error::Invalid, m_fault);
    if (user) {
        if (auto valid = checkUser(*user); !valid)
            return valid;
    }
    if (auto valid = Detail::checkVisitChange(visit.value_or(QByteArray())); !valid)
        return valid;
    return Detail::checkFlash(flash);
}

bool SessionChange::isEmpty() const
{
    return !touch && isTouchOnly();
}

bool SessionChange::isTouchOnly() const
{
    return !m_clear && m_attributes.isEmpty() && m_fault.isEmpty() && !user && !expiry && !deadline && flash.isEmpty()
        && csrfSecret.isEmpty() && !visit && !rotateRequested;
}

/// Applies what this change does to attributes. \return whether \a data is another afterwards.
Result<bool> SessionChange::mergeInto(SessionData &data) const
{
    if (m_merged.isKnown && data.isSharedWith(m_merged.before)) {
        const bool changed = data != m_merged.after;
        if (changed)
            data = m_merged.after;
        return changed;
    }
    if (m_clear) { // then each attribute is set or removed
        SessionData fresh;
        for (const Attribute &a : m_attributes) {
            if (a.operation == Attribute::Set)
                fresh.append(a.name, a.json);
        }
        const bool changed = fresh != data;
        if (changed)
            data = std::move(fresh);
        return changed;
    }
    if (!m_positions.isEmpty())
        return mergeInOnePass(data);

    bool changed = false;
    for (const Attribute &a : m_attributes) {
        switch (a.operation) {
        case Attribute::Set:
            changed |= data.insert(QByteArrayView(a.name), QByteArrayView(a.json));
            break;
        case Attribute::Remove:
            changed |= data.remove(a.name);
            break;
        case Attribute::Increment: {
            const auto sum = incrementJson(data.json(a.name), a.by);
            if (!sum)
                return std::unexpected(notANumber(a.name));
            changed |= data.insert(QByteArrayView(a.name), QByteArrayView(*sum));
            break;
        }
        }
    }
    return changed;
}

/// The same for many attributes: one look-up for each attribute of \a data, instead of a search through \a data for each change.
Result<bool> SessionChange::mergeInOnePass(SessionData &data) const
{
    SessionData merged;
    bool changed = false;
    std::vector<bool> done(static_cast<size_t>(m_attributes.size()));
    const Attribute *notNumeric = nullptr;
    const auto merge = [&](const Attribute &a, QByteArrayView before) {
        if (a.operation == Attribute::Remove) {
            changed = changed || !before.isNull();
            return;
        }
        const auto sum = a.operation == Attribute::Increment ? incrementJson(before, a.by) : std::optional(a.json);
        if (!sum) {
            notNumeric = &a;
            return;
        }
        changed = changed || before != *sum;
        merged.append(a.name, *sum);
    };
    data.forEach([&](QByteArrayView name, QByteArrayView json) {
        const qsizetype index = indexOf(name);
        if (index < 0)
            return merged.append(name, json);
        done[static_cast<size_t>(index)] = true;
        merge(m_attributes[index], json);
    });
    for (qsizetype i = 0; i < m_attributes.size(); ++i) {
        if (!done[static_cast<size_t>(i)])
            merge(m_attributes[i], {});
    }
    if (notNumeric)
        return std::unexpected(notANumber(notNumeric->name));
    if (changed)
        data = std::move(merged);
    return changed;
}

Result<void> SessionChange::checkVersion(quint64 version, std::optional<quint64> expected)
{
    if (expected && *expected != version)
        return failure(Error::Conflict,
                       Error::tr("The session has changed meanwhile: it is at version %1, not %2. Read it again.")
                           .arg(version)
                           .arg(*expected));
    return {};
}

Result<bool> SessionChange::applyTo(SessionRecord &record, TimePoint now, qsizetype storeLimit) const
{
    if (const auto valid = check(); !valid)
        return std::unexpected(valid.error());
    if (const auto same = checkVersion(record.version, expectedVersion); !same)
        return std::unexpected(same.error());

    SessionData data = record.data;
    bool changed = false;
    if (m_clear || !m_attributes.isEmpty()) {
        const Result<bool> merged = mergeInto(data);
        if (!merged)
            return merged;
        changed = *merged;
    }
    const bool binds = user && *user != record.user;
    const QByteArray waitingFlash = flash.isEmpty() ? QByteArray() : joinArrays(record.flash, flash);
    const qsizetype count = changed ? data.count() : record.attributeCount;
    if (changed || binds || !flash.isEmpty()) {
        const qsizetype size = (changed ? data.sizeOf(count) : data.size()) + Detail::utf8Size(user ? *user : record.user)
                             + (flash.isEmpty() ? 0 : waitingFlash.size());
        const qsizetype limit = std::min(storeLimit, sizeLimit.value_or(storeLimit));
        if (size > limit)
            return std::unexpected(tooLarge(size, limit));
    }
    if (!flash.isEmpty())
        record.flash = waitingFlash;
    if (changed) {
        record.data = std::move(data);
        record.attributeCount = count;
        record.size = record.data.sizeOf(count);
    }

    if (binds) {
        record.user = user->isEmpty() ? QString() : *user;
        changed = true;
    }

    if (expiry || deadline) {
        const auto before = std::pair(record.expiry, record.expiresAt);
        record.expiry = expiry.value_or(record.expiry);
        record.expiresAt = deadline ? std::min(*deadline, record.absoluteExpiresAt.value_or(TimePoint::max()))
                                    : record.deadlineFrom(now, defaultIdle);
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
    if (visit) {
        VisitFacts facts = record.visitFacts();
        facts.apply(*visit);
        record.visit = facts.toText();
    }
    if (rotateRequested)
        record.rotateRequested = *rotateRequested;
    if (changed)
        record.version = Detail::versionAfter(record.version);
    return changed;
}

Error SessionChange::tooLarge(qsizetype size, qsizetype sizeLimit)
{
    return {Error::TooLarge,
            Error::tr("The session would take %1 bytes, and the limit is %2. Store less in it, or raise the limit.")
                .arg(size)
                .arg(sizeLimit)};
}

Error SessionChange::notANumber(QByteArrayView name)
{
    return {Error::Invalid, Error::tr("Attribute \"%1\" is no number and cannot be incremented. Set it to a number first.")
                                .arg(Detail::fromUtf8(name))};
}

std::optional<QByteArray> incrementJson(QByteArrayView json, qint64 by)
{
    if (json.isNull())
        return Detail::integerText(by);
    const std::optional<QJsonValue> value = decodeJson(json);
    if (!value || !value->isDouble())
        return std::nullopt;
    qint64 integer = value->toInteger(0);
    const bool isInteger = integer != 0 || value->toInteger(1) == 0;
    if (!isInteger)
        return encodeJson(value->toDouble() + static_cast<double>(by));
    if (qAddOverflow(integer, by, &integer))
        integer = by < 0 ? std::numeric_limits<qint64>::min() : std::numeric_limits<qint64>::max();
    return Detail::integerText(integer);
}

} // namespace Sojourn
