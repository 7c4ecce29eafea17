// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QByteArray>
#include <QtCore/QJsonArray>
#include <QtCore/QJsonObject>
#include <QtCore/QJsonValue>
#include <QtCore/QString>

#include <cmath>
#include <cstring>
#include <random>

/// Random JSON of every kind, with hostile text and numbers. The same seed gives the same samples.
class JsonSamples
{
public:
    explicit JsonSamples(quint32 seed) : m_random(seed) { }

    QJsonValue value(int depth = 0)
    {
        switch (below(depth < 6 ? 9 : 6)) {
        case 0:
            return QJsonValue();
        case 1:
            return below(2) == 0;
        case 2:
            return qint64(m_random()) * (below(2) ? 1 : -1);
        case 3:
            return number();
        case 4:
        case 5:
            return text();
        case 6: {
            QJsonArray array;
            for (int i = below(5); i > 0; --i)
                array.append(value(depth + 1));
            return array;
        }
        default:
            return object(depth);
        }
    }

    QJsonObject object(int depth = 0)
    {
        QJsonObject object;
        for (int i = below(6); i > 0; --i) {
            const QString name = text();
            object.insert(name.isEmpty() ? QStringLiteral("x") : name, value(depth + 1)); // Qt 6.8 crashes over some empty names
        }
        return object;
    }

    /// Valid Unicode: quotes, controls, U+FEFF, astral characters, noncharacters.
    QString text()
    {
        static constexpr char32_t hostile[] = {0,      1,      '\n',   '\x1f',  '"',     '\\',     '/',
                                               '\x7f', 0x80,   0xE9,   0x2028,  0xD7FF,  0xE000,   0xFEFF,
                                               0xFFFD, 0xFFFE, 0xFFFF, 0x10000, 0x1F600, 0x10FFFF, U'\ufeff'};
        QString text;
        for (int i = below(8); i > 0; --i) {
            const char32_t c = below(2) ? U'a' + static_cast<char32_t>(below(26)) : hostile[below(std::size(hostile))];
            text.append(QString::fromUcs4(&c, 1));
        }
        return text;
    }

    /// Finite, of any size.
    double number()
    {
        static constexpr double hostile[] = {0.1,  -0.5, 1e300, 5e-324, 1.7976931348623157e308, 9007199254740992.0,
                                             1e19, 0.3,  1e-7};
        if (below(2))
            return hostile[below(std::size(hostile))];
        const quint64 bits = m_random();
        double number;
        std::memcpy(&number, &bits, sizeof number);
        return std::isfinite(number) ? number : 1.5;
    }

    /// \a compact with white space between its tokens.
    QByteArray spaced(const QByteArray &compact)
    {
        QByteArray out = " ";
        bool quoted = false, escaped = false;
        for (const char c : compact) {
            const bool isToken = !quoted && QByteArrayView("[]{},:").contains(c);
            out.append(isToken ? QByteArray("\n") + c + '\t' : QByteArray(1, c));
            if (!escaped && c == '"')
                quoted = !quoted;
            escaped = quoted && !escaped && c == '\\';
        }
        return out + "\r\n";
    }

    /// \a text with a byte or two changed, removed or put in.
    QByteArray damaged(QByteArray text)
    {
        static constexpr QByteArrayView bytes("\"\\{}[],:0123456789.eE+-tfnu \x80\xED\xA0\xEF\xBB\xBF\xFF");
        for (int i = 1 + below(2); i > 0 && !text.isEmpty(); --i) {
            const qsizetype at = below(text.size());
            switch (below(3)) {
            case 0:
                text[at] = bytes[below(bytes.size())];
                break;
            case 1:
                text.remove(at, 1);
                break;
            default:
                text.insert(at, bytes[below(bytes.size())]);
            }
        }
        return text;
    }

private:
    template<class N>
    int below(N bound)
    {
        return static_cast<int>(m_random() % static_cast<quint64>(bound));
    }

    std::mt19937_64 m_random;
};
