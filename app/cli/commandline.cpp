// SPDX-License-Identifier: MIT
#include "commandline.h"

#include "commandinfo.h"

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

// The value of a cookie in place of KEY is a mistake, but no option: the error would show it.
bool isOperand(const QString &argument)
{
    return isWholeKey(argument) || Sojourn::SessionId::fromCookieValue(argument.toUtf8())
        || Sojourn::decodeJson(argument.toUtf8());
}

QStringList optionsOf(const CommandInfo *command)
{
    QStringList names = namesOf(allOptions());
    if (command)
        names.removeIf([command](const QString &name) { return !accepts(*command, name); });
    return names;
}

QStringList optionsBehind(const QStringList &operands)
{
    return optionsOf(operands.isEmpty() ? nullptr : findCommand(operands.first()));
}

} // namespace

QString CommandLine::store() const
{
    return has(u"store"_s) ? value(u"store"_s) : qEnvironmentVariable("SOJOURN_STORE");
}

Outcome<CommandLine> CommandLine::parse(const QStringList &arguments)
{
    auto parsed = Arguments::parse(arguments, {.options = allOptions(),
                                               .hint = u"See sojourn --help; a shortened KEY that begins with - goes after --."_s,
                                               .isOperand = &isOperand,
                                               .fitting = &optionsBehind});
    if (!parsed)
        return fail(UsageError, parsed.error());
    CommandLine line(*std::move(parsed));
    if (const auto read = line.readCommand(); !read)
        return std::unexpected(read.error());
    return line;
}

Outcome<void> CommandLine::readCommand()
{
    const bool asksOnly = has(u"help"_s) || has(u"version"_s);
    if (operands.isEmpty() && asksOnly)
        return {};
    if (operands.isEmpty())
        return fail(UsageError, u"Say what to do: sojourn --store URL COMMAND. See sojourn --help."_s);
    const QString given = operands.takeFirst();
    command = findCommand(given);
    if (!command) {
        QStringList names;
        for (const CommandInfo &known : allCommands())
            names.append(QLatin1StringView(known.name));
        const QString meant = suggestion(given, names);
        // A URL whose --store was forgotten may hold a password.
        return fail(UsageError,
                    u"There is no command %1.%2"_s.arg(given.contains(u':') ? Sojourn::displayUrl(given) : shortened(given),
                                                       meant.isEmpty() ? u" See sojourn --help."_s : meant));
    }
    return asksOnly ? Outcome<void>() : check();
}

Outcome<void> CommandLine::check() const
{
    const QString name = QLatin1StringView(command->name);
    for (const QString &option : given()) {
        if (!accepts(*command, option))
            return fail(UsageError, u"%1 has no option --%2.%3 See sojourn %1 --help."_s.arg(
                                        name, option, suggestion(option, optionsOf(command), u"--"_s)));
    }
    const bool oneKey = command->takesKeys && command->most >= 0;
    const qsizetype count = operands.size() + (command->takesKeys ? cookies().size() : 0);
    if (oneKey && command->fewest == 1 && has(u"user"_s)) // which stands for the KEY
        return count == 0 ? checkStore()
                          : fail(UsageError, u"%1 needs KEY or --user, not both. See sojourn %1 --help."_s.arg(name));
    if (count < command->fewest || (command->most >= 0 && count > command->most) || (oneKey && cookies().size() > 1))
        return fail(UsageError,
                    u"%1 needs %2. See sojourn %1 --help."_s.arg(
                        name, *command->operands ? QString(QLatin1StringView(command->operands)) : u"no more arguments"_s));
    return checkStore();
}

Outcome<void> CommandLine::checkStore() const
{
    if (command->needsStore && store().isEmpty())
        return fail(UsageError,
                    u"Say which store: sojourn --store URL %1, as in --store sqlite:sessions.db, or set SOJOURN_STORE."_s.arg(
                        QLatin1StringView(command->name)));
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
