// SPDX-License-Identifier: MIT
#include "terminal.h"

#include "exitcode.h"

#include <QtCore/QtGlobal>

#include <cerrno>
#include <cstdio>
#include <cstdlib>

#ifdef Q_OS_WIN
#  include <conio.h>
#  include <io.h>
#  include <qt_windows.h>
#else
#  include <sys/ioctl.h>
#  include <unistd.h>
#endif

namespace Terminal {

namespace {

bool isTerminal(FILE *file)
{
#ifdef Q_OS_WIN
    return _isatty(_fileno(file));
#else
    return isatty(fileno(file));
#endif
}

[[noreturn]] void failToPrint()
{
    const int error = errno;
    if (error != EPIPE)
        note(QStringLiteral("Cannot write to standard output: %1.").arg(qt_error_string(error)));
    std::_Exit(Failed);
}

} // namespace

bool isOutput()
{
    static const bool is = isTerminal(stdout);
    return is;
}

bool isError()
{
    static const bool is = isTerminal(stderr);
    return is;
}

int width()
{
    if (!isOutput())
        return 0;
#ifdef Q_OS_WIN
    CONSOLE_SCREEN_BUFFER_INFO info;
    if (GetConsoleScreenBufferInfo(GetStdHandle(STD_OUTPUT_HANDLE), &info))
        return info.srWindow.Right - info.srWindow.Left + 1;
#else
    winsize size{};
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
        return size.ws_col;
#endif
    return 80;
}

QString styled(const QString &text, Style style)
{
    static const bool colours = isOutput() && qEnvironmentVariableIsEmpty("NO_COLOR") && qgetenv("TERM") != "dumb";
    static constexpr const char *codes[] = {"1", "2", "32", "31", "33"};
    return colours ? QStringLiteral("\x1b[%1m%2\x1b[0m").arg(QLatin1StringView(codes[style]), text) : text;
}

QString harmless(const QString &text)
{
    QString result = text;
    for (QChar &c : result) {
        if (c.category() == QChar::Other_Control || c.category() == QChar::Other_Format)
            c = QChar::ReplacementCharacter;
    }
    return result;
}

void print(const QString &text)
{
    print(text.toUtf8());
}

void print(const QByteArray &utf8)
{
    if (std::fwrite(utf8.constData(), 1, static_cast<size_t>(utf8.size()), stdout) != static_cast<size_t>(utf8.size()))
        failToPrint();
}

void flush()
{
    if (std::fflush(stdout) != 0)
        failToPrint();
}

void note(const QString &text)
{
    const QByteArray line = "sojourn: " + harmless(text).toUtf8() + '\n';
    std::fwrite(line.constData(), 1, static_cast<size_t>(line.size()), stderr);
}

std::optional<QString> askPassword(const QString &question)
{
    if (!isTerminal(stdin) || !isError())
        return std::nullopt;
    const QByteArray prompt = harmless(question).toUtf8();
#ifdef Q_OS_WIN
    std::fputs(prompt.constData(), stderr);
    QByteArray answer;
    for (int c = _getch(); c != '\r' && c != EOF; c = _getch()) {
        if (c == 3)
            std::_Exit(Interrupted);
        if (c == '\b')
            answer.chop(1);
        else
            answer.append(static_cast<char>(c));
    }
    std::fputc('\n', stderr);
    return QString::fromLocal8Bit(answer);
#else
    const char *answer = getpass(prompt.constData());
    return answer ? std::optional(QString::fromLocal8Bit(answer)) : std::nullopt;
#endif
}

} // namespace Terminal
