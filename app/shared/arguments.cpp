// SPDX-License-Identifier: MIT
#include "arguments.h"

#include "nearest.h"

#include <QtCore/QCoreApplication>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

// The inspector translates these texts.
struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Arguments)
};

constexpr qsizetype LineWidth = 78;
constexpr qsizetype HelpColumn = 25;

const OptionInfo *find(std::span<const OptionInfo> options, const QString &name)
{
    const auto it = std::ranges::find(options, name, [](const OptionInfo &o) { return QLatin1StringView(o.name); });
    return it == options.end() ? nullptr : &*it;
}

QString nameIn(const QString &argument)
{
    if (argument == "-h"_L1)
        return u"help"_s;
    if (argument == "-v"_L1)
        return u"version"_s;
    return argument.startsWith("--"_L1) ? argument.sliced(2).section(u'=', 0, 0) : QString();
}

QString unknownOption(const QString &argument, const QStringList &names, const QString &hint)
{
    const QString meant = suggestion(nameIn(argument), names, u"--"_s);
    return Text::tr("There is no option %1.").arg(shortened(argument.section(u'=', 0, 0)))
         + (meant.isEmpty() && !hint.isEmpty() ? QString(u' ' + hint) : meant);
}

} // namespace

std::expected<Arguments, QString> Arguments::parse(const QStringList &arguments, const Syntax &syntax)
{
    Arguments parsed;
    parsed.m_options = syntax.options;
    for (qsizetype i = 0; i < arguments.size(); ++i) {
        const QString &argument = arguments.at(i);
        if (argument == "--"_L1) {
            parsed.operands += arguments.sliced(i + 1);
            break;
        }
        if (argument.size() < 2 || !argument.startsWith(u'-') || (syntax.isOperand && syntax.isOperand(argument))) {
            parsed.operands.append(argument);
            continue;
        }
        const QString name = nameIn(argument);
        const OptionInfo *option = find(syntax.options, name);
        if (!option)
            return std::unexpected(
                unknownOption(argument, syntax.fitting ? syntax.fitting(parsed.operands) : namesOf(syntax.options), syntax.hint));
        const qsizetype equals = argument.indexOf(u'=');
        if (!option->value && equals >= 0)
            return std::unexpected(Text::tr("--%1 takes no value.").arg(name));
        QString value;
        if (option->value && equals >= 0)
            value = argument.sliced(equals + 1);
        else if (option->value && ++i < arguments.size())
            value = arguments.at(i);
        else if (option->value)
            return std::unexpected(Text::tr("--%1 needs a value: --%1 %2.").arg(name, QLatin1StringView(option->value)));
        parsed.m_values[name].append(value);
    }
    return parsed;
}

QString Arguments::value(const QString &option, const QString &otherwise) const
{
    if (const auto given = m_values.constFind(option); given != m_values.cend())
        return given->last();
    const OptionInfo *info = otherwise.isNull() ? find(m_options, option) : nullptr;
    return info ? QString(QLatin1StringView(info->otherwise)) : otherwise;
}

QStringList namesOf(std::span<const OptionInfo> options)
{
    QStringList names;
    for (const OptionInfo &option : options)
        names.append(QLatin1StringView(option.name));
    return names;
}

QString suggestion(const QString &typed, const QStringList &words, const QString &sign)
{
    const QString word = nearest(typed, words);
    return word.isEmpty() ? QString() : QString(u' ' + Text::tr("Did you mean %1?").arg(sign + word));
}

QString shortened(const QString &text)
{
    constexpr qsizetype most = 60;
    return text.size() <= most ? text : text.first(most - 1) + u'\u2026';
}

QString wrapped(const QString &text, qsizetype indent)
{
    QString result;
    qsizetype width = indent;
    for (const QString &word : text.split(u' ')) {
        const bool fits = width == indent || width + 1 + word.size() <= LineWidth;
        if (!fits)
            result += u'\n' + QString(indent, u' ');
        else if (width > indent)
            result += u' ';
        width = (!fits ? indent : width > indent ? width + 1 : width) + word.size();
        result += word;
    }
    return result + u'\n';
}

QString optionLines(std::span<const OptionInfo> options, const char *context)
{
    QString lines;
    for (const OptionInfo &option : options) {
        const QLatin1StringView name(option.name);
        QString left = (name == "help"_L1 ? u"  -h, --"_s : name == "version"_L1 ? u"  -v, --"_s : u"  --"_s) + name;
        if (option.value)
            left += u' ' + QLatin1StringView(option.value);
        QString help = context ? QCoreApplication::translate(context, option.help) : QString::fromUtf8(option.help);
        if (option.otherwise)
            help += u' ' + Text::tr("Default: %1.").arg(QLatin1StringView(option.otherwise));
        lines += left.size() < HelpColumn ? left.leftJustified(HelpColumn) : QString(left + u'\n' + QString(HelpColumn, u' '));
        lines += wrapped(help, HelpColumn);
    }
    return lines;
}

QString helpText(const QString &usage, const QString &summary, std::span<const OptionInfo> options, const char *context)
{
    return Text::tr("Usage: %1").arg(usage) + u"\n\n"_s + wrapped(summary) + u'\n' + Text::tr("Options:") + u'\n'
         + optionLines(options, context);
}
