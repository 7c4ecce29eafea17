// SPDX-License-Identifier: MIT
#include "jsontext_p.h"

#include <QtCore/QSet>
#include <QtCore/QVarLengthArray>

#include <algorithm>
#include <cstring>

namespace Sojourn {

namespace {

// As QJsonDocument has it.
constexpr int MaxDepth = 1024;

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

bool isHexDigit(char c)
{
    return isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

/// Steps over compact JSON (no white space between tokens). The steps return whether what they ask for was there.
class JsonScanner
{
public:
    explicit JsonScanner(QByteArrayView text) : m_at(text.begin()), m_end(text.end()) { }

    const char *position() const { return m_at; }
    bool atEnd() const { return m_at == m_end; }

    bool skip(char c)
    {
        if (atEnd() || *m_at != c)
            return false;
        ++m_at;
        return true;
    }

    bool skipString()
    {
        if (!skip('"'))
            return false;
        while (!atEnd()) {
            const char c = *m_at++;
            if (c == '"')
                return true;
            if (static_cast<unsigned char>(c) < 0x20 || (c == '\\' && !skipEscaped()))
                return false;
        }
        return false;
    }

    bool skipValue(int depth = 0)
    {
        if (atEnd() || depth > MaxDepth)
            return false;
        switch (*m_at) {
        case '"':
            return skipString();
        case '{':
            return skipMembers('{', '}', [&] { return skipString() && skip(':') && skipValue(depth + 1); });
        case '[':
            return skipMembers('[', ']', [&] { return skipValue(depth + 1); });
        case 't':
            return skipWord("true");
        case 'f':
            return skipWord("false");
        case 'n':
            return skipWord("null");
        default:
            return skipNumber();
        }
    }

    template<class F>
    bool skipMembers(char open, char close, F &&skipMember)
    {
        if (!skip(open))
            return false;
        if (skip(close))
            return true;
        do {
            if (!skipMember())
                return false;
        } while (skip(','));
        return skip(close);
    }

private:
    bool skipEscaped()
    {
        if (atEnd())
            return false;
        const char c = *m_at++;
        if (c != 'u')
            return std::strchr("\"\\/bfnrt", c) && c != '\0';
        if (m_end - m_at < 4 || !std::all_of(m_at, m_at + 4, isHexDigit))
            return false;
        m_at += 4;
        return true;
    }

    bool skipWord(QByteArrayView word)
    {
        if (!QByteArrayView(m_at, m_end).startsWith(word))
            return false;
        m_at += word.size();
        return true;
    }

    bool skipDigits()
    {
        const char *from = m_at;
        m_at = std::find_if_not(m_at, m_end, isDigit);
        return m_at > from;
    }

    bool skipNumber()
    {
        skip('-');
        if (!skip('0') && !skipDigits())
            return false;
        if (skip('.') && !skipDigits())
            return false;
        if (skip('e') || skip('E')) {
            if (!skip('+'))
                skip('-');
            return skipDigits();
        }
        return true;
    }

    const char *m_at;
    const char *m_end;
};

void appendQuoted(QByteArray &text, QByteArrayView name)
{
    text.append('"');
    if (std::ranges::none_of(name, [](char c) { return c == '"' || c == '\\' || static_cast<unsigned char>(c) < 0x20; })) {
        text.append(name).append('"');
        return;
    }
    for (const char c : name) {
        if (c == '"' || c == '\\')
            text.append('\\').append(c);
        else if (static_cast<unsigned char>(c) < 0x20)
            text.append("\\u00").append(QByteArray::number(c, 16).rightJustified(2, '0'));
        else
            text.append(c);
    }
    text.append('"');
}

bool isValidUtf8(QByteArrayView text)
{
    return QUtf8StringView(text.data(), text.size()).isValidUtf8();
}

/// The names of a record so far. Few are compared one by one, many would take quadratic time that way.
class Names
{
public:
    /// \return whether it is new.
    bool add(QByteArrayView name)
    {
        if (m_many.isEmpty() && m_few.size() < m_few.capacity()) {
            if (m_few.contains(name))
                return false;
            m_few.append(name);
            return true;
        }
        if (m_many.isEmpty())
            m_many = QSet<QByteArrayView>(m_few.begin(), m_few.end());
        const qsizetype known = m_many.size();
        m_many.insert(name);
        return m_many.size() > known;
    }

private:
    QVarLengthArray<QByteArrayView, 16> m_few;
    QSet<QByteArrayView> m_many;
};

// Splits the form that toJsonText() writes without decoding its values.
std::optional<SessionData> split(const QByteArray &text)
{
    if (!isValidUtf8(text))
        return std::nullopt;
    SessionData data;
    Names names;
    JsonScanner scanner(text);
    const bool ok = scanner.skipMembers('{', '}', [&] {
        const char *name = scanner.position() + 1;
        if (!scanner.skipString())
            return false;
        const QByteArrayView nameText(name, scanner.position() - 1);
        const char *value = scanner.position() + 1;
        if (nameText.contains('\\') || !scanner.skip(':') || !scanner.skipValue())
            return false;
        if (names.add(nameText))
            data.append(nameText, QByteArrayView(value, scanner.position()));
        else
            data.insert(nameText, QByteArrayView(value, scanner.position()));
        return true;
    });
    return ok && scanner.atEnd() ? std::optional(data) : std::nullopt;
}

} // namespace

std::optional<QByteArray> toJsonText(const SessionData &data)
{
    QByteArray text;
    text.reserve(data.encoded().size() + 2);
    text.append('{');
    bool valid = true;
    data.forEach([&](QByteArrayView name, QByteArrayView json) {
        JsonScanner scanner(json);
        valid = valid && scanner.skipValue() && scanner.atEnd() && isValidUtf8(json);
        if (text.size() > 1)
            text.append(',');
        // A name that is no UTF-8 must not make the whole record unreadable.
        if (isValidUtf8(name))
            appendQuoted(text, name);
        else
            appendQuoted(text, QString::fromUtf8(name).toUtf8());
        text.append(':').append(json);
    });
    text.append('}');
    return valid ? std::optional(text) : std::nullopt;
}

std::optional<SessionData> fromJsonText(const QByteArray &text)
{
    if (auto data = split(text))
        return data;
    const std::optional<QJsonValue> value = decodeJson(text);
    return value && value->isObject() ? std::optional(SessionData::fromJson(value->toObject())) : std::nullopt;
}

} // namespace Sojourn
