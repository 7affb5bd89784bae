from kimwerk.config.cli import main

main()
