// SPDX-License-Identifier: MIT
#include "attributecondition.h"

#include "jsonrules.h"

#include <QtCore/QJsonArray>

#include <algorithm>
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

const AttributeCondition::Sign AttributeCondition::Signs[6] = {
    {"!="_L1, NotEqual}, {">="_L1, GreaterOrEqual}, {"<="_L1, LessOrEqual}, {"="_L1, Equal}, {">"_L1, Greater}, {"<"_L1, Less}};

Result<AttributeCondition> AttributeCondition::parse(const QString &text)
{
    // A name may have such a sign in it: the first one that a JSON value follows counts.
    for (qsizetype at = 1; at < text.size(); ++at) {
        for (const auto &[sign, op] : Signs) {
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
        return failure(Error::Invalid, Error::tr("The condition has no name; write NAME or NAME=JSON."));
    if (text.contains(u'='))
        return failure(Error::Invalid, Error::tr("What follows the = is not JSON. Text needs quotes, as in 'role=\"admin\"'."));
    AttributeCondition condition;
    condition.m_path = text;
    return condition;
}

Result<AttributeCondition> AttributeCondition::parseLeniently(const QString &text)
{
    AttributeCondition condition;
    qsizetype at = 0; // of the sign
    if (text.startsWith(u'"')) {
        for (at = 1; at < text.size() && text[at] != u'"'; ++at)
            at += text[at] == u'\\';
        const auto name = at < text.size() ? readJsonValue(QStringView(text).first(++at).toUtf8()) : failure(Error::Invalid, {});
        if (!name)
            return failure(Error::Invalid, Error::tr("The name in quotes does not end, or is no text."));
        condition.m_path = name->toString();
    } else {
        if (auto strict = parse(text); strict && strict->m_operator != Exists)
            return strict;
        static constexpr QLatin1StringView letters = "=<>!"_L1;
        while (at < text.size() && !letters.contains(text[at]))
            ++at;
        condition.m_path = text.first(at);
    }
    if (condition.m_path.isEmpty())
        return failure(Error::Invalid, Error::tr("The condition has no name; write NAME=VALUE."));
    for (const auto &[sign, op] : Signs) {
        if (!QStringView(text).sliced(at).startsWith(sign))
            continue;
        const QString value = text.sliced(at + sign.size());
        if (value.isEmpty())
            return failure(Error::Invalid, Error::tr("Nothing follows the %1; write NAME%1VALUE.").arg(sign));
        const auto json = readJsonValue(value.toUtf8());
        if (!json && (value.startsWith(u'{') || value.startsWith(u'[') || value.startsWith(u'"')))
            return failure(Error::Invalid, Error::tr("What follows the %1 is not JSON.").arg(sign));
        condition.m_operator = op;
        condition.m_value = json ? *json : QJsonValue(value);
        return condition;
    }
    return failure(Error::Invalid, Error::tr("The condition has no sign; write NAME=VALUE, or one of != < > <= >=."));
}

AttributeCondition AttributeCondition::exists(const QString &path)
{
    AttributeCondition condition;
    condition.m_path = path;
    return condition;
}

QString AttributeCondition::toString(bool quotesName) const
{
    const auto isPlain = [](const QString &text) {
        return !text.isEmpty() && std::ranges::none_of(text, [](QChar c) { return c.isSpace() || u"\"=<>!:{}[]"_s.contains(c); });
    };
    const auto quoted = [&isPlain](const QString &text) { return isPlain(text) ? text : QString::fromUtf8(encodeJson(text)); };
    if (m_operator == Exists)
        return u"has:"_s + quoted(m_path);
    const auto sign = std::ranges::find(Signs, m_operator, &Sign::op);
    const QString value = QString::fromUtf8(encodeJson(m_value));
    const bool readsAsText = m_value.isString() && isPlain(m_value.toString()) && !readJsonValue(m_value.toString().toUtf8());
    return (quotesName ? QString::fromUtf8(encodeJson(m_path)) : quoted(m_path)) + sign->text
         + (readsAsText ? m_value.toString() : value);
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
