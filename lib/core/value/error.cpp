// SPDX-License-Identifier: MIT
#include "error.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Sojourn {

struct ErrorText::Data
{
    QString text;
    QList<ErrorText> arguments;
    Kind kind = Kind::Verbatim;
    bool withoutStop = false;
};

ErrorText::ErrorText(const QString &text, Kind kind)
{
    if (!text.isEmpty())
        d = std::make_shared<const Data>(Data{text, {}, kind, false});
}

ErrorText ErrorText::with(const QList<ErrorText> &arguments) const
{
    ErrorText made;
    if (d)
        made.d = std::make_shared<const Data>(Data{d->text, d->arguments + arguments, d->kind, d->withoutStop});
    return made;
}

ErrorText ErrorText::withoutStop() const
{
    ErrorText made;
    if (d)
        made.d = std::make_shared<const Data>(Data{d->text, d->arguments, d->kind, true});
    return made;
}

bool ErrorText::isVerbatim() const
{
    return !d || d->kind == Kind::Verbatim;
}

bool ErrorText::isWithoutStop() const
{
    return d && d->withoutStop;
}

QString ErrorText::format() const
{
    return d ? d->text : QString();
}

QList<ErrorText> ErrorText::arguments() const
{
    return d ? d->arguments : QList<ErrorText>();
}

static constexpr QStringView Stops = u".\u3002"; // the Chinese one too

/// \a text without the full stop at its end. What ends with "..." goes on.
static QString unstopped(QString text)
{
    if (!text.isEmpty() && Stops.contains(text.back()) && !text.endsWith("..."_L1))
        text.chop(1);
    return text;
}

/// \a format with \a arguments in its places. In one pass: an argument may have a % of its own. Whether an argument is a sentence
/// or a word from elsewhere, one full stop stands behind it where \a format has one.
static QString filled(const QString &format, const QList<ErrorText> &arguments, ErrorText::Translation translated)
{
    QString made;
    qsizetype from = 0;
    for (qsizetype at = format.indexOf(u'%'); at >= 0 && at + 1 < format.size(); at = format.indexOf(u'%', at + 1)) {
        const int place = format.at(at + 1).unicode() - u'1';
        if (place < 0 || place >= std::min<qsizetype>(arguments.size(), 9))
            continue;
        made += QStringView(format).sliced(from, at - from);
        from = at + 2;
        const QString argument = arguments.at(place).toString(translated);
        made += from < format.size() && Stops.contains(format.at(from)) ? unstopped(argument) : argument;
    }
    made += QStringView(format).sliced(from);
    return made;
}

QString ErrorText::toString(Translation translated) const
{
    if (!d)
        return {};
    QString text = translated && d->kind == Kind::Format ? translated(d->text) : d->text;
    if (!d->arguments.isEmpty())
        text = filled(text, d->arguments, translated);
    return d->withoutStop ? unstopped(text) : text;
}

Error::Error(Code why, const ErrorText &sentence) : code(why), text(sentence.toString())
{
    if (!sentence.isVerbatim())
        reason = sentence;
}

ErrorText Error::sentence() const
{
    return !reason.isEmpty() && reason.toString() == text ? reason : ErrorText(text);
}

} // namespace Sojourn
