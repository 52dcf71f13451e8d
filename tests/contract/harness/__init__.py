# SPDX-FileCopyrightText: 2026 The Tertulia authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the contract tests share: a real server process and clients that other people wrote."""
