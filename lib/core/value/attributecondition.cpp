// SPDX-License-Identifier: MIT
#include "attributecondition.h"

#include "jsonrules.h"

#include <QtCore/QJsonArray>

#include <compare>

using namespace Qt::StringLiterals;

namespace Sojourn {

namespace {

std::optional<QJsonValue> memberAt(const QJsonValue &value, QStringView path);

// What the part of path before each of its dots leads to, where the rest leads on from there.
template<class Lookup>
std::optional<QJsonValue> followDots(QStringView path, Lookup &&lookup)
{
    for (qsizetype dot = path.indexOf(u'.'); dot >= 0; dot = path.indexOf(u'.', dot + 1)) {
        const std::optional<QJsonValue> head = lookup(path.first(dot));
        if (!head)
            continue;
        if (auto found = memberAt(*head, path.sliced(dot + 1)))
            return found;
    }
    return std::nullopt;
}

std::optional<QJsonValue> memberAt(const QJsonValue &value, QStringView path)
{
    const auto direct = [&value](QStringView name) -> std::optional<QJsonValue> {
        if (value.isObject()) {
            const QJsonObject object = value.toObject();
            const auto it = object.constFind(name);
            return it == object.constEnd() ? std::nullopt : std::optional<QJsonValue>(*it);
        }
        bool isIndex = false;
        const qsizetype index = name.toLongLong(&isIndex);
        const QJsonArray array = value.toArray();
        return isIndex && index >= 0 && index < array.size() ? std::optional<QJsonValue>(array.at(index)) : std::nullopt;
    };
    if (!value.isObject() && !value.isArray())
        return std::nullopt;
    if (auto found = direct(path))
        return found;
    return followDots(path, direct);
}

std::partial_ordering compare(const QJsonValue &a, const QJsonValue &b)
{
    if (a.isString() && b.isString())
        return a.toString().compare(b.toString()) <=> 0;
    if (!a.isDouble() || !b.isDouble())
        return a == b ? std::partial_ordering::equivalent : std::partial_ordering::unordered;
    constexpr qint64 other = std::numeric_limits<qint64>::min(); // what toInteger() gives for a fraction
    const qint64 x = a.toInteger(other), y = b.toInteger(other);
    if (x != other && y != other)
        return x <=> y;
    return a.toDouble() <=> b.toDouble();
}

} // namespace

std::optional<QJsonValue> valueAt(const SessionData &data, const QString &path)
{
    if (auto value = data.value(path))
        return value;
    return followDots(path, [&data](QStringView name) { return data.value(name); });
}

Result<AttributeCondition> AttributeCondition::parse(const QString &text)
{
    static constexpr struct
    {
        QLatin1StringView sign;
        Operator op;
    } operators[] = {{"!="_L1, NotEqual}, {">="_L1, GreaterOrEqual}, {"<="_L1, LessOrEqual},
                     {"="_L1, Equal},     {">"_L1, Greater},         {"<"_L1, Less}};
    // A name may have such a sign in it: the first one that a JSON value follows counts.
    for (qsizetype at = 1; at < text.size(); ++at) {
        for (const auto &[sign, op] : operators) {
            if (!QStringView(text).sliced(at).startsWith(sign))
                continue;
            if (const auto value = readJsonValue(QStringView(text).sliced(at + sign.size()).toUtf8())) {
                AttributeCondition condition;
                condition.m_path = text.first(at);
                condition.m_operator = op;
                condition.m_value = *value;
                return condition;
            }
            break;
        }
    }
    if (text.isEmpty() || text.startsWith(u'='))
        return failure(Error::Invalid, u"The condition has no name; write NAME or NAME=JSON."_s);
    if (text.contains(u'='))
        return failure(Error::Invalid, u"What follows the = is not JSON. Text needs quotes, as in 'role=\"admin\"'."_s);
    AttributeCondition condition;
    condition.m_path = text;
    return condition;
}

bool AttributeCondition::matches(const SessionData &data) const
{
    const std::optional<QJsonValue> value = valueAt(data, m_path);
    if (!value || m_operator == Exists)
        return value.has_value();
    const std::partial_ordering order = compare(*value, m_value);
    switch (m_operator) {
    case Equal:
        return order == 0;
    case NotEqual:
        return order != 0;
    case Less:
        return order < 0;
    case LessOrEqual:
        return order <= 0;
    case Greater:
        return order > 0;
    case GreaterOrEqual:
        return order >= 0;
    case Exists:
        break;
    }
    return true;
}

} // namespace Sojourn
