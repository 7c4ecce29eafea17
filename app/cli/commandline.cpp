// SPDX-License-Identifier: MIT
#include "commandline.h"

#include "commandinfo.h"
#include "nearest.h"

#include <Sojourn/SessionData>
#include <Sojourn/SessionId>
#include <Sojourn/Stores>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

bool isWholeKey(const QString &text)
{
    return text.size() == Sojourn::SessionKey::TextSize && std::ranges::all_of(text, [](QChar c) {
               return (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z') || (c >= u'0' && c <= u'9') || c == u'-' || c == u'_';
           });
}

bool isOption(const QString &argument)
{
    // The value of a cookie in place of KEY is a mistake, but no option: the error would show it.
    return argument.size() > 1 && argument.startsWith(u'-') && !isWholeKey(argument)
        && !Sojourn::SessionId::fromCookieValue(argument.toUtf8()) && !Sojourn::decodeJson(argument.toUtf8());
}

// " Did you mean --user?" if one of \a words is near to what was typed.
QString suggestion(const QString &typed, const QStringList &words, QLatin1StringView sign = {})
{
    const QString word = nearest(typed, words);
    return word.isEmpty() ? QString() : u" Did you mean %1%2?"_s.arg(sign, word);
}

QStringList optionsOf(const CommandInfo *command)
{
    QStringList names;
    for (const OptionInfo &option : allOptions()) {
        const QString name = QLatin1StringView(option.name);
        if (!command || accepts(*command, name))
            names.append(name);
    }
    return names;
}

} // namespace

QString CommandLine::store() const
{
    return has(u"store"_s) ? value(u"store"_s) : qEnvironmentVariable("SOJOURN_STORE");
}

Outcome<CommandLine> CommandLine::parse(const QStringList &arguments)
{
    CommandLine line;
    QStringList operands;
    bool onlyOperands = false;
    for (qsizetype i = 0; i < arguments.size(); ++i) {
        const QString &argument = arguments.at(i);
        if (onlyOperands || !isOption(argument)) {
            operands.append(argument);
            continue;
        }
        if (argument == "--"_L1) {
            onlyOperands = true;
            continue;
        }
        const qsizetype equals = argument.indexOf(u'=');
        const QString name = argument == "-h"_L1          ? u"help"_s
                           : argument.startsWith("--"_L1) ? argument.sliced(2).section(u'=', 0, 0)
                                                          : QString();
        const OptionInfo *option = findOption(name);
        if (!option) {
            const CommandInfo *const given = operands.isEmpty() ? nullptr : findCommand(operands.first());
            const QString typed = argument.section(u'=', 0, 0);
            const QString meant = suggestion(name, optionsOf(given), "--"_L1);
            return fail(UsageError,
                        u"There is no option %1.%2"_s.arg(
                            shortened(typed), meant.isEmpty()
                                                  ? u" See sojourn --help; a shortened KEY that begins with - goes after --."_s
                                                  : meant));
        }
        QString value;
        if (option->value && equals >= 0)
            value = argument.sliced(equals + 1);
        else if (option->value && ++i < arguments.size())
            value = arguments.at(i);
        else if (option->value)
            return fail(UsageError, u"--%1 needs a value: --%1 %2."_s.arg(name, QLatin1StringView(option->value)));
        else if (equals >= 0)
            return fail(UsageError, u"--%1 takes no value."_s.arg(name));
        if (name == "cookie"_L1)
            line.cookies.append(value);
        line.m_options.insert(name, value);
        line.m_repeated[name].append(value);
    }

    if (operands.isEmpty() && (line.has(u"help"_s) || line.has(u"version"_s)))
        return line;
    if (operands.isEmpty())
        return fail(UsageError, u"Say what to do: sojourn --store URL COMMAND. See sojourn --help."_s);
    line.command = findCommand(operands.first());
    if (!line.command) {
        // A URL whose --store was forgotten may hold a password.
        const QString given = operands.first();
        QStringList names;
        for (const CommandInfo &command : allCommands())
            names.append(QLatin1StringView(command.name));
        const QString meant = suggestion(given, names);
        return fail(UsageError,
                    u"There is no command %1.%2"_s.arg(given.contains(u':') ? Sojourn::displayUrl(given) : shortened(given),
                                                       meant.isEmpty() ? u" See sojourn --help."_s : meant));
    }
    line.operands = operands.sliced(1);
    if (line.has(u"help"_s) || line.has(u"version"_s))
        return line;
    if (const auto checked = line.check(); !checked)
        return std::unexpected(checked.error());
    return line;
}

Outcome<void> CommandLine::check() const
{
    const QString name = QLatin1StringView(command->name);
    for (auto it = m_options.begin(); it != m_options.end(); ++it) {
        if (!accepts(*command, it.key()))
            return fail(UsageError, u"%1 has no option --%2.%3 See sojourn %1 --help."_s.arg(
                                        name, it.key(), suggestion(it.key(), optionsOf(command), "--"_L1)));
    }
    const bool oneKey = command->takesKeys && command->most >= 0;
    const qsizetype given = operands.size() + (command->takesKeys ? cookies.size() : 0);
    if (given < command->fewest || (command->most >= 0 && given > command->most) || (oneKey && cookies.size() > 1))
        return fail(UsageError,
                    u"%1 needs %2. See sojourn %1 --help."_s.arg(
                        name, *command->operands ? QString(QLatin1StringView(command->operands)) : u"no more arguments"_s));
    if (command->needsStore && store().isEmpty())
        return fail(
            UsageError,
            u"Say which store: sojourn --store URL %1, as in --store sqlite:sessions.db, or set SOJOURN_STORE."_s.arg(name));
    return {};
}

Outcome<qint64> CommandLine::number(const QString &option, qint64 otherwise) const
{
    if (!has(option))
        return otherwise;
    bool ok = false;
    const qint64 number = value(option).toLongLong(&ok);
    if (!ok || number < 0)
        return fail(UsageError, u"--%1 needs a whole number from 0, not \"%2\"."_s.arg(option, value(option)));
    return number;
}
