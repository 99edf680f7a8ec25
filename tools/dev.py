#!/usr/bin/env python3
"""One door for whoever works on the project: run, test, bench. Standard library only.

python3 tools/dev.py run      serve the site on SQLite (http://localhost:8000)
python3 tools/dev.py test     the whole suite on SQLite, then the database-sensitive part on PostgreSQL
python3 tools/dev.py bench    the measurements of bench/
"""

import hashlib
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

RACINE = Path(__file__).resolve().parents[1]
VENV = RACINE / ".venv"
BIN = VENV / "bin"
PAIRS = RACINE / ".venv-pairs"
VAR = RACINE / "var"
NAVIGATEURS = ("chromium", "chromium-browser", "google-chrome")


def stop(message: str) -> None:
    sys.exit(f"\n{message}\n")


def call(*command: str | Path, cwd: Path = RACINE, **kwargs) -> None:
    """Run a command of the set-up; a failure is told in one sentence."""
    result = subprocess.run([str(part) for part in command], check=False, cwd=cwd, **kwargs)
    if result.returncode:
        stop(f"La commande « {' '.join(str(part) for part in command)} » a échoué (code {result.returncode}).")


# --- Python ---------------------------------------------------------------------------------------------------------


def install(names: list[str]) -> None:
    """Create .venv with exactly the locked, hashed requirements; does nothing when they have not changed."""
    if sys.version_info < (3, 11):  # noqa: UP036 (this script is what an old Python runs first)
        stop(f"Python 3.11 ou plus récent est nécessaire ; celui-ci est {sys.version.split()[0]}.")
    files = [RACINE / "requirements" / f"{name}.txt" for name in ("tools", *names)]
    print_state = hashlib.sha256(b"".join(f.read_bytes() for f in [*files, RACINE / "pyproject.toml"])).hexdigest()
    stamp = VENV / f"empreinte-{'-'.join(names)}"
    if stamp.exists() and stamp.read_text() == print_state:
        return
    print("Installation des bibliothèques (une seule fois)…", flush=True)
    if not (BIN / "python").exists():
        create_venv()
    environment = {**os.environ, "UV_PYTHON_DOWNLOADS": "never", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    call(BIN / "python", "-m", "pip", "install", "--quiet", "--require-hashes", "-r", files[0], env=environment)
    uv_install = (BIN / "uv", "pip", "install", "--quiet", "--python", BIN / "python")
    call(*uv_install, "--require-hashes", *[part for f in files[1:] for part in ("-r", f)], env=environment)
    call(*uv_install, "--no-build-isolation", "--no-deps", "-e", RACINE, env=environment)
    stamp.write_text(print_state)


def create_venv() -> None:
    attempt = subprocess.run([sys.executable, "-m", "venv", VENV], check=False, capture_output=True, text=True)
    if attempt.returncode:
        shutil.rmtree(VENV, ignore_errors=True)
        apt_install("python3-venv", "le module venv de Python")
        call(sys.executable, "-m", "venv", VENV)


# --- Programs of the system -----------------------------------------------------------------------------------------


def apt_install(package: str, what: str) -> None:
    """Install a Debian package when we may, or say what to type."""
    command = f"apt-get install -y --no-install-recommends {package}"
    if shutil.which("apt-get") is None or os.geteuid() != 0:
        stop(f"Il manque {what}. Installez-le, par exemple avec : sudo {command}")
    print(f"Installation de {package}…", flush=True)
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "update", "-qq"], check=False, env=environment, **quiet)
    result = subprocess.run(command.split(), check=False, env=environment, **quiet)
    if result.returncode:
        stop(f"Il manque {what}, et son installation a échoué. Essayez : sudo {command}")


def ensure_browser() -> str:
    for attempt in (1, 2):
        found = next((path for name in NAVIGATEURS if (path := shutil.which(name))), None)
        if found:
            return found
        if attempt == 1:
            apt_install("chromium", "Chromium, le navigateur des essais (COMMUNACCORD_SANS_NAVIGATEUR=1 s’en passe)")
    stop("Chromium est installé mais introuvable dans le PATH.")
    raise AssertionError


def find_postgresql() -> Path | None:
    on_path = shutil.which("initdb")
    folders = [Path(on_path).parent] if on_path else []
    folders += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return next((folder for folder in folders if (folder / "initdb").exists()), None)


@contextmanager
def throwaway_postgresql() -> Iterator[str]:
    """A private PostgreSQL cluster in a temporary folder, reached by its socket, gone at the end."""
    binaries = find_postgresql()
    if binaries is None:
        apt_install("postgresql", "PostgreSQL, l’autre base des essais (COMMUNACCORD_SANS_POSTGRESQL=1 s’en passe)")
        binaries = find_postgresql()
    if binaries is None:
        stop("PostgreSQL est installé mais ses programmes sont introuvables dans /usr/lib/postgresql.")
    folder = Path(tempfile.mkdtemp(prefix="communaccord-pg-"))
    as_user: list[str] = []
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres")
        as_user = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]
    quiet = {"stdout": subprocess.DEVNULL, "cwd": folder}
    data, log = folder / "donnees", folder / "journal"
    call(*as_user, binaries / "initdb", "-D", data, "-U", "essais", "-A", "trust", "-E", "UTF8", "--no-sync", **quiet)
    options = f"-k {folder} -c listen_addresses= -c fsync=off -c full_page_writes=off"
    control = [*as_user, binaries / "pg_ctl", "-D", data, "-l", log, "-o", options, "-w"]
    call(*control, "start", **quiet)
    try:
        yield f"postgresql:///postgres?host={folder}&user=essais"
    finally:
        subprocess.run([*control, "-m", "immediate", "stop"], check=False, **quiet)
        shutil.rmtree(folder, ignore_errors=True)


# --- Commands -------------------------------------------------------------------------------------------------------


def read_secret() -> str:
    """The key of this installation, drawn once and kept in var/."""
    VAR.mkdir(exist_ok=True)
    path = VAR / "cle-secrete"
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(50))
    return path.read_text()


def read_port() -> str:
    """The port asked for, free: two servers on one port would share the visitors between them."""
    port = os.environ.get("PORT", "8000")
    if not (port.isascii() and port.isdigit() and 0 < int(port) < 65_536):
        stop(f"PORT vaut « {port} » : donnez un nombre de 1 à 65535, par exemple PORT=8080 make run.")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", int(port)))
        except OSError:
            stop(f"Le port {port} est déjà pris. Libérez-le, ou choisissez-en un autre : PORT=8080 make run.")
    return port


def run() -> None:
    """The site on its demo territory; beside it the clock (closes, publishes, reminds, sends) and the worker."""
    port = read_port()
    install(["base"])
    environment = {
        **os.environ,
        "COMMUNACCORD_DEMO": os.environ.get("COMMUNACCORD_DEMO", "1"),
        "COMMUNACCORD_DONNEES": os.environ.get("COMMUNACCORD_DONNEES", str(VAR)),
        "COMMUNACCORD_SECRET_KEY": os.environ.get("COMMUNACCORD_SECRET_KEY") or read_secret(),
    }
    manage = (BIN / "python", RACINE / "manage.py")
    call(*manage, "migrate", "--verbosity", "0", env=environment)
    call(*manage, "charger_reference", env=environment)
    if environment["COMMUNACCORD_DEMO"] == "1":
        call(*manage, "charger_demo", env=environment)
    call(*manage, "collectstatic", "--noinput", "--verbosity", "0", env=environment)
    serve(port, environment)


def serve(port: str, environment: dict[str, str]) -> None:
    """Granian, the clock and the worker of long files, until Ctrl+C: when one stops, the others are stopped too."""
    on_sqlite = not environment.get("DATABASE_URL", "").startswith("postgres")
    site = [str(BIN / "granian"), "--interface", "wsgi", "--host", "127.0.0.1", "--port", port, "--workers", "2"]
    site += ["--blocking-threads", "1" if on_sqlite else "4", "--log-level", "warning"]
    site += ["communaccord.plateforme.config.wsgi:application"]
    manage = [str(BIN / "python"), str(RACINE / "manage.py")]
    clock, worker = (
        [*manage, "veiller", "--boucle", "20"],
        [*manage, "db_worker", "--no-reload", "--interval", "2", "--verbosity", "0"],
    )
    print(f"\n  Commun Accord est prêt :  http://localhost:{port}", flush=True)
    if environment["COMMUNACCORD_DEMO"] == "1":
        print(f"  Comptes de démonstration :  http://localhost:{port}/demo/", flush=True)
    print("  Les courriels s’écrivent ici. (Ctrl+C pour arrêter)\n", flush=True)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    programs = [subprocess.Popen(command, env=environment) for command in (clock, worker, site)]
    try:
        while all(program.poll() is None for program in programs):
            time.sleep(0.5)
    finally:
        for program in programs:
            program.terminate()
        for program in programs:
            program.wait()


# The whole suite, on every core; what shares a browser or a server stays together (xdist_group).
ENSEMBLE = ("-q", "-n", "auto", "--dist", "loadgroup")


def run_pytest(*arguments: str, **environment: str) -> None:
    command = [str(BIN / "python"), "-m", "pytest", *arguments]
    result = subprocess.run(command, check=False, cwd=RACINE, env={**os.environ, **environment})
    if result.returncode:
        sys.exit(result.returncode)


def test(arguments: list[str]) -> None:
    """Everything; with arguments, only what pytest is told to run, on SQLite."""
    install(["base", "dev"])
    environment = {}
    if os.environ.get("COMMUNACCORD_SANS_NAVIGATEUR") != "1":
        environment["COMMUNACCORD_NAVIGATEUR"] = ensure_browser()
    if arguments:
        run_pytest(*arguments, **environment)
        return
    if os.environ.get("COMMUNACCORD_SANS_POSTGRESQL") == "1":
        print("PostgreSQL est écarté à votre demande (COMMUNACCORD_SANS_POSTGRESQL=1).", flush=True)
    else:
        with throwaway_postgresql() as url:
            print("— PostgreSQL —", flush=True)
            run_pytest(*ENSEMBLE, "tests/plateforme", "-m", "base and not navigateur", DATABASE_URL=url, **environment)
    print("— SQLite —", flush=True)
    run_pytest(*ENSEMBLE, **environment)


def bench(arguments: list[str]) -> None:
    """Everything; with arguments, only the measure named first (`moteur --tailles 10 24`), told the rest."""
    install(["base", "dev"])
    found = {path.stem.removeprefix("bench_"): path for path in sorted((RACINE / "bench").glob("bench_*.py"))}
    name, *rest = arguments or [""]
    if name and name not in found:
        stop(f"Il n’y a pas de mesure « {name} ». Choisissez : {', '.join(found)}.")
    if name in ("", "moteur"):
        install_pairs()
    for path in [found[name]] if name else found.values():
        print(f"\n— {path.relative_to(RACINE)} —", flush=True)
        call(BIN / "python", path, *rest)


def install_pairs() -> None:
    """The libraries measured beside the engine, apart in .venv-pairs; without them the measures say so."""
    wanted = RACINE / "requirements/pairs.txt"
    stamp = PAIRS / "empreinte"
    print_state = hashlib.sha256(wanted.read_bytes()).hexdigest()
    if stamp.exists() and stamp.read_text() == print_state:
        return
    print("Installation des bibliothèques mesurées à côté (une seule fois)…", flush=True)
    environment = {**os.environ, "UV_PYTHON_DOWNLOADS": "never"}
    uv_install = ("pip", "install", "--quiet", "--python", PAIRS / "bin/python", "--require-hashes", "-r", wanted)
    for command in (("venv", "--quiet", "--clear", "--python", BIN / "python", PAIRS), uv_install):
        done = subprocess.run([BIN / "uv", *command], check=False, env=environment)
        if done.returncode:
            print("Elles n’ont pas pu être installées : les mesures se feront sans elles.", flush=True)
            return
    stamp.write_text(print_state)


def keep_bytecode() -> None:
    """What Python compiles is kept in .venv, even where it is told to write nothing: each program starts at once."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    os.environ.setdefault("PYTHONPYCACHEPREFIX", str(VENV / "bytecode"))


def main() -> None:
    keep_bytecode()
    command, arguments = (sys.argv[1] if len(sys.argv) > 1 else ""), sys.argv[2:]
    if command == "run":
        run()
    elif command == "test":
        test(arguments)
    elif command == "bench":
        bench(arguments)
    else:
        stop(__doc__ or "")


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit(130)
