// SPDX-License-Identifier: MIT
#include "terminal.h"

#include "outcome.h"
#include "secrets.h"
#include "steering.h"

#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>
#include <QtCore/QStandardPaths>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <utility>

#ifdef Q_OS_WIN
#include <conio.h>
#include <io.h>
#include <qt_windows.h>
#else
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>
#endif

using namespace Qt::StringLiterals;

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

// Characters as they are typed, without an echo; EOF at the end.
class Keyboard
{
public:
#ifdef Q_OS_WIN
    int next() const { return _getch(); }
#else
    Keyboard()
    {
        tcgetattr(STDIN_FILENO, &before);
        termios silent = before;
        silent.c_lflag &= ~static_cast<tcflag_t>(ECHO | ICANON | ISIG); // Ctrl-C must not leave the terminal without its echo
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent);
        isSilent = 1;
    }
    ~Keyboard() { restore(); }
    // Also from a signal's handler.
    static void restore()
    {
        if (isSilent)
            tcsetattr(STDIN_FILENO, TCSAFLUSH, &before);
        isSilent = 0;
    }
    int next() const
    {
        char c = 0;
        return ::read(STDIN_FILENO, &c, 1) == 1 ? static_cast<unsigned char>(c) : EOF;
    }

private:
    static inline termios before{};
    static inline volatile std::sig_atomic_t isSilent = 0;
#endif
};

} // namespace

void endNow(ExitCode code)
{
#ifndef Q_OS_WIN
    Keyboard::restore();
#endif
    std::_Exit(code);
}

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

static int size(bool ofRows)
{
    if (!isOutput())
        return 0;
#ifdef Q_OS_WIN
    CONSOLE_SCREEN_BUFFER_INFO info;
    if (GetConsoleScreenBufferInfo(GetStdHandle(STD_OUTPUT_HANDLE), &info))
        return ofRows ? info.srWindow.Bottom - info.srWindow.Top + 1 : info.srWindow.Right - info.srWindow.Left + 1;
#else
    winsize size{};
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
        return ofRows ? size.ws_row : size.ws_col;
#endif
    return ofRows ? 0 : 80;
}

int width()
{
    static const int columns = size(false); // of the terminal, which standard output is no longer once a pager runs
    return columns;
}

QString styled(const QString &text, Style style)
{
    static const bool colours = isOutput() && qEnvironmentVariableIsEmpty("NO_COLOR") && qgetenv("TERM") != "dumb";
    static constexpr const char *codes[] = {"1", "2", "32", "31", "33"};
    return colours ? QStringLiteral("\x1b[%1m%2\x1b[0m").arg(QLatin1StringView(codes[style]), text) : text;
}

QString sessions(qint64 count)
{
    return count == 1 ? QStringLiteral("1 session") : QStringLiteral("%1 sessions").arg(count);
}

// \a text with what \a replacement makes of each character that steers.
template<class Replacement>
static QString replaceSteering(const QString &text, Replacement &&replacement)
{
    // Most texts have none, and tables many texts.
    if (std::ranges::none_of(text, [](QChar c) { return c.isSurrogate() || steers(c.unicode()); }))
        return text;
    QString result;
    result.reserve(text.size());
    for (const char32_t character : text.toUcs4()) {
        if (steers(character))
            result += replacement(character);
        else
            result += QChar::fromUcs4(character);
    }
    return result;
}

QString harmless(const QString &text)
{
    return replaceSteering(text, [](char32_t) { return QChar(QChar::ReplacementCharacter); });
}

QByteArray json(const QJsonObject &object)
{
    return json(QJsonDocument(object).toJson(QJsonDocument::Compact));
}

QByteArray json(const QByteArray &text)
{
    if (!isOutput())
        return text;
    const auto escaped = [](char32_t character) {
        QString escapes;
        for (const QChar unit : QStringView(QChar::fromUcs4(character)))
            escapes += u"\\u%1"_s.arg(unit.unicode(), 4, 16, QChar(u'0'));
        return escapes;
    };
    return replaceSteering(QString::fromUtf8(text), escaped).toUtf8(); // they stand in strings only
}

void print(const QString &text)
{
    print(text.toUtf8());
}

// What is printed until it is known whether it fits the screen.
struct Pager
{
    bool waits = false;
    int rows = 0; // that are left
    QByteArray text;
    FILE *process = nullptr;
    ExitCode codeIfLeft = Done;
};

static Pager &pager()
{
    static Pager pager;
    return pager;
}

[[noreturn]] static void failToPrint()
{
    const int error = errno;
    if (error == EPIPE && pager().process) {
        pclose(pager().process);
        std::_Exit(pager().codeIfLeft);
    }
    if (error != EPIPE)
        note(QStringLiteral("Cannot write to standard output: %1.").arg(qt_error_string(error)));
    std::_Exit(Failed);
}

static void write(const QByteArray &utf8)
{
    FILE *const file = pager().process ? pager().process : stdout;
    if (std::fwrite(utf8.constData(), 1, static_cast<size_t>(utf8.size()), file) != static_cast<size_t>(utf8.size()))
        failToPrint();
}

#ifndef Q_OS_WIN
static QString pagerCommand()
{
    const QString command = qEnvironmentVariable("PAGER").trimmed();
    return command.isEmpty() ? u"less"_s : command;
}
#endif

void startPaging()
{
#ifndef Q_OS_WIN
    const QByteArray term = qgetenv("TERM");
    const QString program = pagerCommand().section(u' ', 0, 0);
    pager().rows = size(true) - 1; // the prompt takes one
    pager().waits = isOutput() && isTerminal(stdin) && !term.isEmpty() && term != "dumb" && width() > 0 && pager().rows > 0
                 && program != "cat"_L1 && !QStandardPaths::findExecutable(program).isEmpty();
#endif
}

#ifndef Q_OS_WIN
static void openPager()
{
    pager().waits = false;
    if (!qEnvironmentVariableIsSet("LESS"))
        qputenv("LESS", "FRX"); // shows colours, and leaves the text on the screen
    pager().process = popen(pagerCommand().toLocal8Bit().constData(), "w");
    std::signal(SIGPIPE, SIG_IGN); // who leaves the pager has seen enough
    std::signal(SIGINT, SIG_IGN);  // Ctrl-C is the pager's, which would be left alone with the terminal otherwise
    write(std::exchange(pager().text, {}));
}
#endif

void print(const QByteArray &utf8)
{
#ifndef Q_OS_WIN
    if (pager().waits) {
        pager().text += utf8;
        pager().rows -= static_cast<int>(utf8.count('\n'));
        if (pager().rows < 0)
            openPager();
        return;
    }
#endif
    write(utf8);
}

void leavingMeans(ExitCode code)
{
    pager().codeIfLeft = code;
}

void flush()
{
    if (std::exchange(pager().waits, false))
        write(std::exchange(pager().text, {}));
    if (std::fflush(pager().process ? pager().process : stdout) != 0)
        failToPrint();
}

void finish()
{
    flush();
#ifndef Q_OS_WIN
    if (FILE *const process = std::exchange(pager().process, nullptr))
        pclose(process); // returns once the person leaves it
#endif
}

void note(const QString &text)
{
    const QByteArray line = "sojourn: " + harmless(withoutSecrets(text)).toUtf8() + '\n';
    std::fwrite(line.constData(), 1, static_cast<size_t>(line.size()), stderr);
}

std::optional<QString> askPassword(const QString &question)
{
    if (!isTerminal(stdin) || !isError())
        return std::nullopt;
    const QByteArray prompt = harmless(question).toUtf8();
    std::fputs(prompt.constData(), stderr);
    static constexpr int interrupt = 3, endOfInput = 4, clearLine = 21, rubOut = 127;
    QByteArray answer;
    int c;
    {
        const Keyboard keyboard;
        for (c = keyboard.next(); c != '\r' && c != '\n' && c != EOF && c != interrupt && c != endOfInput; c = keyboard.next()) {
            if (c == clearLine) {
                answer.clear();
            } else if (c == '\b' || c == rubOut) {
                while (!answer.isEmpty() && (answer.back() & 0xc0) == 0x80)
                    answer.chop(1); // the rest of a character in UTF-8
                answer.chop(1);
            } else {
                answer.append(static_cast<char>(c));
            }
        }
    }
    std::fputc('\n', stderr);
    if (c == interrupt)
        std::_Exit(Interrupted);
    return QString::fromLocal8Bit(answer);
}

} // namespace Terminal
