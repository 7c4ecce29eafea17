// SPDX-License-Identifier: MIT
#include "hiddenvalues.h"

#include "format.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QJsonArray>
#include <QtCore/QJsonObject>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Sojourn::Inspector {

QJsonValue HiddenValues::hide(const QJsonValue &edited, const QJsonValue &original, bool secretsShown)
{
    m_values.clear();
    m_shown = hide(edited, original, false, secretsShown);
    return m_shown;
}

QJsonValue HiddenValues::hide(const QJsonValue &edited, const QJsonValue &original, bool secret, bool secretsShown)
{
    if (edited.isObject()) {
        QJsonObject object = edited.toObject();
        for (auto it = object.begin(); it != object.end(); ++it)
            it.value() = hide(it.value(), original[it.key()], secret || Format::looksSecret(it.key()), secretsShown);
        return object;
    }
    if (edited.isArray()) {
        QJsonArray array = edited.toArray();
        const QJsonArray before = original.toArray();
        for (qsizetype i = 0; i < array.size(); ++i) {
            const bool same = array.size() == before.size() || before.contains(array[i]);
            const QJsonValue was = array.size() == before.size() ? before[i] : same ? QJsonValue(array[i]) : QJsonValue();
            array[i] = hide(array[i], was, secret, secretsShown);
        }
        return array;
    }
    const bool tooLong = edited.isString() && edited.toString().size() > LongText;
    return edited == original && ((secret && !secretsShown) || tooLong) ? maskFor(edited) : edited;
}

QJsonValue HiddenValues::maskFor(const QJsonValue &value)
{
    QString mask = u"%1 %2"_s.arg(Format::Mask).arg(m_values.size() + 1);
    if (const qsizetype size = value.toString().size(); size > LongText)
        mask += u' ' + QCoreApplication::translate("HiddenValues", "(%Ln characters: edit them in the list)", nullptr, int(size));
    m_values.insert(mask, value);
    return mask;
}

bool HiddenValues::isMask(const QJsonValue &value) const
{
    return value.isString() && (value.toString() == Format::Mask || m_values.contains(value.toString()));
}

bool HiddenValues::hasMask(const QJsonValue &value) const
{
    const auto has = [this](const QJsonValue &inside) { return hasMask(inside); };
    if (value.isObject()) {
        const QJsonObject object = value.toObject();
        return std::any_of(object.begin(), object.end(), has);
    }
    if (value.isArray()) {
        const QJsonArray array = value.toArray();
        return std::any_of(array.begin(), array.end(), has);
    }
    return isMask(value);
}

/// Whether a mask of \a a is in \a b too.
bool HiddenValues::sharesMask(const QJsonValue &a, const QJsonValue &b) const
{
    if (b.isObject()) {
        const QJsonObject object = b.toObject();
        return std::any_of(object.begin(), object.end(), [&](const QJsonValue &inside) { return sharesMask(a, inside); });
    }
    if (b.isArray()) {
        const QJsonArray array = b.toArray();
        return std::any_of(array.begin(), array.end(), [&](const QJsonValue &inside) { return sharesMask(a, inside); });
    }
    if (a.isObject() || a.isArray()) {
        return isMask(b) && sharesMask(b, a);
    }
    return isMask(b) && a == b;
}

QJsonValue HiddenValues::withoutNumbers(const QJsonValue &value) const
{
    if (value.isObject()) {
        QJsonObject object = value.toObject();
        for (auto it = object.begin(); it != object.end(); ++it)
            it.value() = withoutNumbers(it.value());
        return object;
    }
    if (value.isArray()) {
        QJsonArray array = value.toArray();
        for (auto &&element : array)
            element = withoutNumbers(element);
        return array;
    }
    return isMask(value) ? QJsonValue(Format::Mask) : value;
}

/// Whether what is seen of \a element is now what was seen of another one of \a list: its secret was hardly meant to go to that.
bool HiddenValues::tookAnothersPlace(const QJsonValue &element, const QJsonValue &list) const
{
    if (!(element.isObject() || element.isArray()) || !hasMask(element))
        return false;
    const QJsonValue seen = withoutNumbers(element);
    bool isOwn = false, isAnothers = false;
    const QJsonArray before = list.toArray();
    for (const QJsonValue was : before) {
        if (withoutNumbers(was) == seen)
            (sharesMask(was, element) ? isOwn : isAnothers) = true;
    }
    return isAnothers && !isOwn;
}

std::optional<QJsonValue> HiddenValues::reveal(const QJsonValue &edited, const QJsonValue &shown) const
{
    if (edited.isObject()) {
        QJsonObject object = edited.toObject();
        for (auto it = object.begin(); it != object.end(); ++it) {
            const auto value = reveal(it.value(), shown[it.key()]);
            if (!value)
                return {};
            it.value() = *value;
        }
        return object;
    }
    if (edited.isArray()) {
        QJsonArray array = edited.toArray();
        const bool sameLength = array.size() == shown.toArray().size();
        for (qsizetype i = 0; i < array.size(); ++i) {
            if (tookAnothersPlace(array[i], shown))
                return {};
            const auto value = reveal(array[i], sameLength ? shown[i] : QJsonValue(QJsonValue::Undefined));
            if (!value)
                return {};
            array[i] = *value;
        }
        return array;
    }
    if (!edited.isString() || !edited.toString().startsWith(Format::Mask))
        return edited;
    if (const auto known = m_values.find(edited.toString()); known != m_values.end())
        return *known;
    // A mask that lost its number stands for what was at its place.
    return edited == Format::Mask && isMask(shown) ? std::optional(m_values.value(shown.toString())) : std::nullopt;
}

} // namespace Sojourn::Inspector
