// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "passwordprompt.h"

#include <QFile>

#include <cstdio>

#ifdef Q_OS_UNIX
#include <termios.h>
#include <unistd.h>
#else
#include <io.h>
#include <windows.h>
#endif

using namespace Qt::StringLiterals;

namespace tertulia {

namespace {

#ifdef Q_OS_UNIX
bool isTerminal()
{
    return ::isatty(STDIN_FILENO) != 0;
}

/// What is typed is not shown while it lives.
class QuietTerminal
{
public:
    QuietTerminal()
        : m_changed(::tcgetattr(STDIN_FILENO, &m_before) == 0)
    {
        if (!m_changed)
            return;
        termios quiet = m_before;
        quiet.c_lflag &= ~tcflag_t(ECHO);
        ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &quiet);
    }
    ~QuietTerminal()
    {
        if (m_changed)
            ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &m_before);
    }
    Q_DISABLE_COPY_MOVE(QuietTerminal)

private:
    termios m_before {};
    bool m_changed;
};
#else
bool isTerminal()
{
    return ::_isatty(::_fileno(stdin)) != 0;
}

/// What is typed is not shown while it lives.
class QuietTerminal
{
public:
    QuietTerminal()
        : m_console(::GetStdHandle(STD_INPUT_HANDLE))
        , m_changed(::GetConsoleMode(m_console, &m_before) != 0)
    {
        if (m_changed)
            ::SetConsoleMode(m_console, m_before & ~DWORD(ENABLE_ECHO_INPUT));
    }
    ~QuietTerminal()
    {
        if (m_changed)
            ::SetConsoleMode(m_console, m_before);
    }
    Q_DISABLE_COPY_MOVE(QuietTerminal)

private:
    HANDLE m_console;
    DWORD m_before = 0;
    bool m_changed;
};
#endif

Result<QString> readLine(QFile &input)
{
    QByteArray line = input.readLine(4096);
    if (!line.endsWith('\n') && !input.atEnd())
        return Error(ErrorCode::InvalidField, u"The password is too long."_s);
    while (line.endsWith('\n') || line.endsWith('\r'))
        line.chop(1);
    return QString::fromUtf8(line);
}

Result<QString> ask(QFile &input, const char *question)
{
    std::fputs(question, stderr);
    std::fflush(stderr);
    const QuietTerminal quiet;
    const Result<QString> answer = readLine(input);
    std::fputc('\n', stderr);
    return answer;
}

} // namespace

Result<QString> readPassword(bool fromInput)
{
    QFile input;
    if (!input.open(stdin, QIODevice::ReadOnly))
        return Error(ErrorCode::InvalidField, u"There is no standard input to read the password from."_s);
    if (fromInput || !isTerminal())
        return readLine(input);
    const Result<QString> first = ask(input, "Password: ");
    if (!first)
        return first;
    const Result<QString> second = ask(input, "Once more: ");
    if (!second)
        return second;
    if (*first != *second)
        return Error(ErrorCode::InvalidField, u"The two passwords differ."_s);
    return first;
}

} // namespace tertulia
